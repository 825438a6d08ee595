#!/bin/sh
# Writes the hashes of the page's own scripts, for nginx.conf: policy.sh /srv/civmesh > /etc/nginx/civmesh/policy.conf
# They change with every build of the app. A page whose hashes are not these stays blank, so run it before nginx is reloaded.
set -eu
hashes=$(perl -0777 -ne '
  while (/<script([^>]*)>(.*?)<\/script/gs) {
    my ($tag, $text) = ($1, $2);
    next if $text eq "" || grep { /^src=/ } split " ", $tag;
    open(my $hash, "|-", "openssl dgst -sha256 -binary | base64") or die "openssl: $!\n";
    print $hash $text;
    close($hash) or die "openssl failed\n";
  }' "$1/index.html")
printf 'map "" $civmesh_page_scripts {\n    default "'
for hash in $hashes; do printf " 'sha256-%s'" "$hash"; done
printf '";\n}\n'
