function (doc, old, user) {
  // Looks at the identifier, the new document and the caller's name and roles, and at nothing else. `old` is no basis for a rule: it is
  // null for a branch pushed with new_edits:false and for a tombstone. ES5, because CouchDB 3 may run SpiderMonkey 1.8.5 or QuickJS.
  // A refusal is "<code>: <sentence>". The code is for programs: account, kind, node, shape, size, deleted, expired.
  var RULES = __RULES__;
  var ACCOUNT = '[a-z0-9-]{3,32}';
  var EVENT = '[0-9A-HJKMNP-TV-Z]{52}';
  var NODE = '[a-z0-9]{1,6}';
  var SIGNATURE = '[A-Za-z0-9_-]{85}[AQgw]';

  function refuse(code, sentence) {
    throw({forbidden: code + ': ' + sentence});
  }

  function has(role) {
    return user.roles.indexOf(role) !== -1;
  }

  function hasOneOf(writers) {
    for (var i = 0; i < writers.length; i++) {
      if (has(writers[i])) { return true; }
    }
    return false;
  }

  // The ancestry that CouchDB adds is not the writer's, and grows with every edit of a head: it does not count.
  function sizeAtMost(limit) {
    var own = {};
    for (var field in doc) {
      if (field !== '_revisions') { own[field] = doc[field]; }
    }
    if (JSON.stringify(own).length > limit) {
      refuse('size', 'the document is larger than ' + limit + ' bytes');
    }
  }

  function fieldsAre(names) {
    for (var field in doc) {
      if (field !== '_id' && field !== '_rev' && field !== '_revisions' && names.indexOf(field) === -1) {
        // pouchdb-server sets fields of its own to undefined.
        if (doc[field] !== undefined) { refuse('shape', 'there is no field ' + field); }
      }
    }
  }

  function fieldIs(field, value) {
    if (doc[field] !== value) { refuse('shape', field + ' must be ' + JSON.stringify(value)); }
  }

  function fieldMatches(field, pattern, meaning) {
    if (typeof doc[field] !== 'string' || !new RegExp('^(' + pattern + ')$').test(doc[field])) {
      refuse('shape', field + ' must be ' + meaning);
    }
  }

  // The parts of the identifier between its colons, or a refusal.
  function identifier(pattern, meaning) {
    if (typeof doc._id !== 'string' || !new RegExp('^(' + pattern + ')$').test(doc._id)) {
      refuse('shape', 'the identifier must be ' + meaning);
    }
    return doc._id.split(':');
  }

  function isRow(table, name) {
    return typeof name === 'string' && Object.prototype.hasOwnProperty.call(table, name);
  }

  function eventFields(more) {
    fieldsAre(['type', 'v', 'kind', 'node', 'region', 'mode', 'author', 'clock', 'core', 'sig'].concat(more || []));
    fieldIs('v', 1);
    fieldIs('region', RULES.region);
    fieldMatches('kind', '[a-z][a-z_]{0,31}|kind-[0-9]{1,5}', 'a kind of event');
    fieldMatches('node', NODE, 'a node');
    fieldMatches('core', '[A-Za-z0-9_-]{4,}', 'base64url');
    fieldMatches('sig', SIGNATURE, '64 bytes in base64url');
    fieldsAgreeWithCore();
  }

  __CORE__

  function accountIs(account) {
    if (account !== user.name) { refuse('account', 'this document belongs to another account'); }
  }

  function mayActFor(node) {
    if (!has('coordinator') && !has('node:' + node)) { refuse('node', 'this seat is not for node ' + node); }
  }

  function mayWriteKind(kind, writers) {
    if (!hasOneOf(writers)) { refuse('kind', 'this seat may not write ' + kind); }
  }

  // A delivery: an event as the account which brings it writes it, once.
  function delivery(mayWrite) {
    sizeAtMost(RULES.limits.delivery);
    var names = identifier('event:' + ACCOUNT + ':' + EVENT, 'event:<account>:<event>');
    fieldIs('type', 'event');
    eventFields();
    identifierAgrees(names[2]);
    if (has('replicator')) { return; }
    accountIs(names[1]);
    mayWrite();
  }

  // Kinds of which this hub knows where they belong, for whom the table says so.
  function ofKnownKind(mayWrite) {
    return function () {
      if (!isRow(RULES.kinds, doc.kind)) { refuse('kind', 'nobody writes ' + doc.kind + ' here'); }
      mayWrite(RULES.kinds[doc.kind]);
    };
  }

  // By role and node, as everywhere but in the relay.
  function byRoleAndNode(writers) {
    mayWriteKind(doc.kind, writers);
    mayActFor(doc.node);
  }

  if (has('_admin')) { return; }
  if (user.name === null || user.name === undefined) { throw({unauthorized: 'sign in first'}); }
  if (doc._deleted) { refuse('deleted', 'nothing is deleted here'); }

  __BODY__
}
