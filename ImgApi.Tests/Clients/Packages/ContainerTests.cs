using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Clients.Packages;

/// <summary>The container image, unpacked, and started as its configuration says: without privileges, and with a root that cannot be written.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class ContainerTests
{
    private readonly TemporaryFolder _folder = new();
    private JsonElement _settings;
    private string _root = null!;

    [OneTimeSetUp]
    public async Task UnpackAsync()
    {
        var archive = BuiltPackages.Find("imgapi-*-container-x64.tar");
        var umoci = Tools.Require("umoci", "umoci");
        Tools.Require("bwrap", "bubblewrap");
        var layout = Path.Combine(_folder.Path, "layout");
        await BuiltPackages.UnpackAsync(archive, layout);
        var reference = JsonElement.Parse(File.ReadAllText(Path.Combine(layout, "index.json"))).GetProperty("manifests")[0];
        var tag = reference.GetProperty("annotations").GetProperty("org.opencontainers.image.ref.name").GetString();
        var bundle = Path.Combine(_folder.Path, "bundle");
        var (code, _, error) = await Tools.RunAsync(umoci, ["unpack", "--image", $"{layout}:{tag}", bundle]);
        Assert.That(code, Is.Zero, error);
        _root = Path.Combine(bundle, "rootfs");
        // The container's user has to reach its root.
        await Tools.RunAsync("chmod", ["711", _folder.Path, bundle]);
        var manifest = Blob(layout, reference);
        _settings = Blob(layout, manifest.GetProperty("config")).GetProperty("config");
    }

    [OneTimeTearDown]
    public void Remove() => _folder.Dispose();

    private static JsonElement Blob(string layout, JsonElement descriptor) =>
        JsonElement.Parse(File.ReadAllText(Path.Combine(layout, "blobs", "sha256", descriptor.GetProperty("digest").GetString()!["sha256:".Length..])));

    /// <summary>
    /// Starts the container in a network of its own, waits until it answers, and runs commands of this machine's shell. Among them,
    /// <c>container PROGRAM</c> starts another program in the container.
    /// </summary>
    private async Task<string> RunAsync(string commands)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString())).FullName;
        var user = _settings.GetProperty("User").GetString()!.Replace(":", " --regid ", StringComparison.Ordinal);
        var environment = Strings("Env").Select(pair => "--setenv " + pair.Replace('=', ' '));
        var script = $$"""
            chown {{_settings.GetProperty("User")}} {{data}}
            container() {
              setpriv --reuid {{user}} --clear-groups --no-new-privs bwrap --unshare-user --ro-bind {{_root}} / --bind {{data}} /data --proc /proc --dev /dev \
                --clearenv {{string.Join(' ', environment)}} --chdir /data -- "$@"
            }
            container {{string.Join(' ', Strings("Entrypoint").Concat(Strings("Cmd")))}} > {{data}}.log 2>&1 &
            SERVER=$! LOG={{data}}.log
            curl -sS --retry 60 --retry-connrefused --retry-delay 1 -o /dev/null http://127.0.0.1:8080/ping || cat $LOG
            {{commands}}
            """;
        var (code, output, error) = await Tools.RunAsync("bwrap",
            ["--dev-bind", "/", "/", "--proc", "/proc", "--unshare-net", "--unshare-pid", "--die-with-parent", "/bin/sh", "-euc", script]);
        Assert.That(code, Is.Zero, output + error);
        return output.Trim();
    }

    private IEnumerable<string> Strings(string name) => _settings.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    [Test]
    public async Task The_container_answers_without_arguments_on_port_8080() =>
        Assert.That(await RunAsync("curl -sS http://127.0.0.1:8080/ping"), Does.Contain("\"ping\": \"pong\""));

    [Test]
    public async Task The_server_does_not_run_as_root() =>
        Assert.That(await RunAsync("stat -c %u /proc/$(pidof imgapi)"), Is.EqualTo("10001"));

    [Test]
    public async Task The_health_check_succeeds_while_the_server_answers()
    {
        var check = Strings("Healthcheck", "Test").Skip(1);
        Assert.That(await RunAsync($"container {string.Join(' ', check)} > /dev/null; echo $?"), Is.EqualTo("0"));
    }

    [Test]
    public async Task The_health_check_fails_if_no_server_answers()
    {
        var check = Strings("Healthcheck", "Test").Skip(1);
        Assert.That(
            await RunAsync($"kill $(pidof imgapi); wait $SERVER; container {string.Join(' ', check)} 2> /dev/null && echo well || echo ill"), Is.EqualTo("ill"));
    }

    [Test]
    public async Task SIGTERM_ends_the_server_in_good_order() =>
        Assert.That(await RunAsync("kill -TERM $(pidof imgapi); wait $SERVER; echo $?"), Is.EqualTo("0"));

    [Test]
    public async Task The_logs_are_JSON() =>
        Assert.That(
            (await RunAsync("kill $(pidof imgapi); wait $SERVER; cat $LOG")).Split('\n').Select(line => JsonElement.Parse(line).ValueKind),
            Is.Not.Empty.And.All.EqualTo(JsonValueKind.Object));

    [Test]
    public async Task A_user_who_is_added_in_the_container_may_create_images() =>
        Assert.That(
            await RunAsync("""
                echo 'a long password' | container /usr/bin/imgapi user add admin --role admin > /dev/null
                curl -sS -u 'admin:a long password' -H 'Content-Type: application/json' -w '%{http_code}' -o /dev/null \
                  -d '{"name":"base","version":"1","type":"zone-dataset","os":"smartos"}' http://127.0.0.1:8080/images
                """),
            Is.EqualTo("200"));

    private IEnumerable<string> Strings(string name, string member) =>
        _settings.GetProperty(name).GetProperty(member).EnumerateArray().Select(item => item.GetString()!);
}
