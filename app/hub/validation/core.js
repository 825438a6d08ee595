// What stands beside the bytes must be what they say: readers refuse a document in which the two disagree, so no hub need keep it.
// The core is read as docs/formats/event.md has it. Whether its hash is the identifier's and whose the signature is, readers find out.
// By hand, because the sandbox of SpiderMonkey 1.8.5 has neither atob nor arrays of bytes.
var BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
var BASE32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

// The bytes that letters of `width` bits stand for; null where bits are left over that are not zero.
function decoded(text, alphabet, width) {
  var bytes = [], rest = 0, held = 0;
  for (var i = 0; i < text.length; i++) {
    rest = (rest << width) | alphabet.indexOf(text.charAt(i));
    held += width;
    if (held >= 8) {
      held -= 8;
      bytes.push(rest >> held);
      rest = rest & ((1 << held) - 1);
    }
  }
  return held < width && rest === 0 ? bytes : null;
}

function base32(bytes) {
  var text = '', rest = 0, held = 0;
  for (var i = 0; i < bytes.length; i++) {
    rest = (rest << 8) | bytes[i];
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += BASE32.charAt(rest >> held);
      rest = rest & ((1 << held) - 1);
    }
  }
  return held > 0 ? text + BASE32.charAt(rest << (5 - held)) : text;
}

function hex(bytes) {
  var text = '';
  for (var i = 0; i < bytes.length; i++) { text += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16); }
  return text;
}

// Where reading stands in the bytes of a core.
function Reader(bytes) {
  this.bytes = bytes;
  this.at = 0;
}

Reader.prototype.fail = function () {
  refuse('shape', 'core is not an event in canonical form');
};

// Beyond the end there is nothing to take. That reading went too far is seen when all is read.
Reader.prototype.take = function (length) {
  this.at += length;
  return this.bytes.slice(this.at - length, this.at);
};

// A number of up to 64 bits as eight bytes, most significant first: it may be larger than a number is here.
Reader.prototype.number = function () {
  var bytes = [0, 0, 0, 0, 0, 0, 0, 0], group, at = 0;
  do {
    group = this.take(1)[0];
    for (var bit = 0; bit < 7; bit++, at++) {
      if ((group >> bit) & 1) {
        if (at > 63) { this.fail(); }
        bytes[7 - (at >> 3)] |= 1 << (at & 7);
      }
    }
  } while (group > 127);
  if (group === 0 && at > 7) { this.fail(); }
  return bytes;
};

Reader.prototype.size = function () {
  var bytes = this.number();
  if (hex(bytes.slice(0, 6)) !== '000000000000') { this.fail(); }
  return bytes[6] * 256 + bytes[7];
};

// An option, or the mode, which has the same form: nothing, or five bytes.
Reader.prototype.fiveBytes = function () {
  var tag = this.take(1)[0];
  if (tag > 1) { this.fail(); }
  return tag === 1 ? this.take(5) : null;
};

function fieldSays(field, said) {
  if (doc[field] !== said) { refuse('shape', field + ' is not what core says'); }
}

function isKindOfAnother(kind, number) {
  for (var other in RULES.names) {
    if (RULES.names[other] === kind && other !== String(number)) { return true; }
  }
  return false;
}

// A kind that this hub does not know has any name, because whoever brings it may know it.
function kindSays(number) {
  var name = RULES.names[number];
  if (doc.kind === 'kind-' + number || doc.kind === name) { return; }
  if (name !== undefined || doc.kind.indexOf('kind-') === 0 || isKindOfAnother(doc.kind, number)) {
    refuse('shape', 'kind is not what core says');
  }
}

function fieldsAgreeWithCore() {
  var core = new Reader(decoded(doc.core, BASE64URL, 6) || []);
  if (core.bytes.length > RULES.limits.core) { refuse('size', 'core is larger than ' + RULES.limits.core + ' bytes'); }
  fieldSays('region', base32(core.take(16)).toLowerCase());
  var drill = core.fiveBytes();
  fieldSays('mode', drill === null ? 'real' : base32(drill));
  core.fiveBytes();
  fieldSays('author', base32(core.take(32)).toLowerCase());
  core.number();
  fieldSays('clock', base32(core.number()));
  fieldSays('node', String.fromCharCode.apply(null, core.take(core.size())));
  kindSays(core.size());
  core.take(core.size());
  for (var parts = core.size(); parts > 0; parts--) { core.take(33); }
  if (core.at !== core.bytes.length) { core.fail(); }
}

// The identifier begins with the clock, and the revision is its end: so nothing replaces what was delivered once.
function identifierAgrees(event) {
  var bytes = decoded(event, BASE32, 5);
  if (bytes === null || base32(bytes.slice(0, 8)) !== doc.clock) { refuse('shape', 'the identifier has another clock'); }
  fieldIs('_rev', '1-' + hex(bytes.slice(16)));
}
