// People who share a phone: PINs, passkeys, locking and unlocking, and moving about without opening the app anew.
import { expect } from '@playwright/test';

/** From now on screens are opened inside the app: opening it anew would lock it. */
export function stayInside(phone) {
  phone.go = (path) =>
    phone.page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
}

/** Presses the keys of a PIN, and the last one. */
export async function press(page, pin, done) {
  const pad = page.locator('.pin-pad');
  for (const digit of pin) await pad.getByRole('button', { name: digit, exact: true }).click();
  await pad.getByRole('button', { name: done, exact: true }).click();
}

async function choosePin(page, pin) {
  await expect(page.locator('.pin-pad')).toContainText('New PIN');
  await press(page, pin, 'Next');
  await expect(page.locator('.pin-pad')).toContainText('The same once more');
  await press(page, pin, 'Set');
}

export async function setPin(phone, pin) {
  const { page } = phone;
  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await choosePin(page, pin);
  await expect(page.locator('.toast')).toContainText('The PIN is set');
}

export async function changePin(phone, pin, next) {
  const { page } = phone;
  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Change the PIN' }).click();
  await press(page, pin, 'Next');
  await choosePin(page, next);
  await expect(page.locator('.toast')).toContainText('The PIN is set');
}

/**
 * Gives the phone an authenticator, which answers by itself and is there until the browser closes. It recognises whoever holds the phone, until
 * it `recognisesNobody`, for good; `credentials` are what it keeps. `prf`: whether it gives secrets.
 */
export async function withAuthenticator(phone, { prf = true } = {}) {
  const session = await phone.context.newCDPSession(phone.page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true };
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, hasPrf: prf, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return {
    recognisesNobody: () => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    end: () => session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }),
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

/** Asks for a passkey, up to the touch after which the device asks. */
export async function askForPasskey(phone, pin) {
  const { page } = phone;
  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await press(page, pin, 'Next');
  await expect(page.getByText('Whoever can unlock this device then opens your profile')).toBeVisible();
  await page.getByRole('button', { name: 'Create the passkey' }).click();
}

export async function addPasskey(phone, pin) {
  await askForPasskey(phone, pin);
  await expect(phone.page.locator('.toast')).toContainText('fingerprint, face or device lock unlock it too');
}

export const byPasskey = (page) => page.getByRole('button', { name: 'Unlock by fingerprint' });

export async function unlockByPasskey(phone) {
  await byPasskey(phone.page).click();
  await expect(locked(phone.page)).toBeHidden();
}

export async function addPerson(phone, pin) {
  const { page } = phone;
  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Add a person' }).click();
  await choosePin(page, pin);
  await expect(page.locator('.toast')).toContainText('Now take up a seat');
}

export async function setDuress(phone, pin, duress) {
  const { page } = phone;
  await phone.go('/profiles');
  await page.getByRole('button', { name: 'Choose or take away' }).click();
  await press(page, pin, 'Next');
  await choosePin(page, duress);
  await expect(page.locator('.toast')).toContainText('The PIN under duress is set');
}

/** Takes up a seat by what is on its card: a link would stay in the browser's history. */
export async function takeSeatByHand(phone, seat) {
  const { page } = phone;
  await phone.go('/seat');
  await page.getByLabel('Account').fill(seat.account);
  await page.getByLabel('Password', { exact: true }).fill(seat.password);
  await page.getByRole('button', { name: 'Take up this seat' }).click();
  await expect(page.getByRole('heading', { name: "This phone's seat" })).toBeVisible();
}

export const locked = (page) => page.getByRole('heading', { name: 'Locked', level: 1 });

export async function lock(phone) {
  await phone.page.getByRole('button', { name: /^(Lock|Change person)$/ }).first().click();
  await expect(locked(phone.page)).toBeVisible();
}

export async function unlock(phone, pin, sign) {
  const { page } = phone;
  if (sign) await page.locator('.signs label').filter({ hasText: sign }).click();
  await press(page, pin, 'Unlock');
  await expect(locked(page)).toBeHidden();
}
