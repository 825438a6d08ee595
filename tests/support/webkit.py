#!/usr/bin/python3
"""A browser of WebKitGTK for WebKitWebDriver, as small as can be: webkit.py [folder] [language] [light|dark] [feature to be left out…].

MiniBrowser, which comes with WebKitGTK, keeps nothing when a driver starts it: its IndexedDB lies in memory, by other code than on an
iPhone, and is gone when it is closed. This one keeps what a phone keeps in `folder`, or in one that it takes away in the end.
"""

import shutil
import sys
import tempfile

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

WIDTH, HEIGHT = 390, 844
# What an iPhone has and WebKitGTK leaves out unless it is asked.
ASKED_FOR = ("StorageAPI", "StorageAPIEstimate")


def main(folder=None, language="en", theme="light", *left_out):
    kept = folder or tempfile.mkdtemp(prefix="civmesh-webkit-")
    Gtk.Settings.get_default().set_property("gtk-application-prefer-dark-theme", theme == "dark")
    data = WebKit2.WebsiteDataManager(base_data_directory=kept, base_cache_directory=f"{kept}/cache")
    context = WebKit2.WebContext(website_data_manager=data)
    context.set_preferred_languages([language])
    context.set_automation_allowed(True)
    context.connect("automation-started", started, context, left_out)
    Gtk.main()
    if not folder:
        shutil.rmtree(kept, ignore_errors=True)


def started(_context, session, context, left_out):
    about = WebKit2.ApplicationInfo()
    about.set_name("WebKitGTK")
    about.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(about)
    session.connect("create-web-view", lambda _session: open_view(context, left_out))


def open_view(context, left_out):
    # What the app complains of is heard by whoever started the driver.
    # Pages that were left are not kept: WebKit would freeze them in the middle of a transaction, and the next page would wait for that one
    # for ever, now and then (a relative of https://bugs.webkit.org/show_bug.cgi?id=315804). The app takes back what is under way (`let_go` in app/store),
    # which helps mostly, not always.
    settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True, enable_page_cache=False)
    known = WebKit2.Settings.get_all_features()
    for feature in (known.get(at) for at in range(known.get_length())):
        if feature.get_identifier() in (*ASKED_FOR, *left_out):
            settings.set_feature_enabled(feature, feature.get_identifier() not in left_out)
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
    window = Gtk.Window(decorated=False)
    window.set_default_size(WIDTH, HEIGHT)
    window.add(view)
    window.show_all()
    view.connect("close", lambda _view: window.destroy())
    window.connect("destroy", Gtk.main_quit)
    return view


main(*sys.argv[1:])
