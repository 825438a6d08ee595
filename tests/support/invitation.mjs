// What two people do with an invitation: codes go from screen to camera, as pictures of the real QR.
import { expect } from './expect.mjs';

/** What one phone shows is photographed by the other. */
export async function photograph(from, input) {
  const code = from.page.locator('.qr');
  await expect(code).toBeVisible();
  const buffer = await code.screenshot();
  await input.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
}

export const camera = (page) => page.locator('label.button input[type=file][capture]').last();

export async function stockUp(coordinator, seats) {
  await coordinator.go('/people');
  const file = { name: 'seats.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(seats)) };
  await coordinator.page.locator('#stock-file').setInputFiles(file);
  await expect(coordinator.page.getByText(`${seats.length} seats more in stock.`)).toBeVisible();
}

export async function invite(coordinator, { name, role = 'Node manager' }) {
  const { page } = coordinator;
  await coordinator.go('/invite?node=s001');
  await page.getByLabel('Name').fill(name);
  await page.locator('label').filter({ hasText: new RegExp(`^\\s*${role}\\s*$`) }).click();
  await page.locator('label').filter({ hasText: /^\s*First aid\s*$/ }).click();
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  await expect(page.getByText('1. Let them scan this invitation')).toBeVisible();
}

export async function join(phone, coordinator) {
  await phone.go('/join');
  await photograph(coordinator, camera(phone.page));
  await expect(phone.page.getByRole('heading', { name: 'You are invited as' })).toBeVisible();
  await phone.page.getByRole('button', { name: 'Accept, and make my answer' }).click();
  await expect(phone.page.getByText('1. Let the coordinator scan this answer')).toBeVisible();
  await photograph(phone, camera(coordinator.page));
  await expect(coordinator.page.getByText('3. Let them scan this, and it is done')).toBeVisible();
  await photograph(coordinator, camera(phone.page));
  await expect(phone.page.getByRole('heading', { name: "This phone's seat" })).toBeVisible();
}
