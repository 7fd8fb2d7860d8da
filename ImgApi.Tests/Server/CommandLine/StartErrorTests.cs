using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>Starts of the server that fail: the error is one line on standard error.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class StartErrorTests
{
    private static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, .. arguments]);

    [Test]
    public async Task A_missing_folder_of_keys_is_reported_and_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}/data","port":0,"authKeysDir":"/nowhere/keys"}""");
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That((code, error), Is.EqualTo((1, "imgapi: cannot read the keys of the users in /nowhere/keys: there is no such folder\n")));
    }

    [TestCase("{ \"users\": 1 }", "there is no list \"users\"")]
    [TestCase("{ \"users\": [{ \"name\": \"joe\", \"password\": \"geheim\" }] }", "\"users\", entry 1: \"password\" must be a hash from imgapi hash-password, since this file takes no passwords in clear text")]
    public async Task A_users_file_that_is_broken_is_reported_and_stops_the_start(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("users.json", text);
        var config = folder.Write("config.json", """{"datadir":"data","address":"127.0.0.1","port":0,"usersFile":"users.json"}""");
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That((code, error), Is.EqualTo((1, $"imgapi: cannot use the users file {file}: {problem}\n")));
    }

    [Test]
    public async Task A_missing_configuration_is_reported_and_stops_the_start()
    {
        var (code, _, error) = await RunAsync("-s", "-c", "/nowhere/config.json");
        Assert.That((code, error), Is.EqualTo((1, "imgapi: cannot use the configuration /nowhere/config.json:\n  - there is no such folder\n")));
    }

    [Test]
    public async Task A_data_folder_that_another_server_uses_is_reported_and_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var config = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(config, $$"""{"datadir":"{{folder.Path}}/data","port":0}""");
        await using var first = await ServerProcess.StartAsync(config);
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"{folder.Path}/data"));
    }

    [Test]
    public async Task A_port_in_use_is_reported_and_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        await using var other = await TestServer.StartAsync();
        var config = Path.Combine(folder.Path, "config.json");
        await File.WriteAllTextAsync(
            config, $$"""{"datadir":"{{folder.Path}}/data","address":"127.0.0.1","port":{{other.Address.Port}}}""");
        var (code, output, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Is.EqualTo(
            $"imgapi: cannot listen on 127.0.0.1:{other.Address.Port}: another program uses port {other.Address.Port}; "
            + "stop it, or set another \"port\" in the configuration\n"));
        Assert.That(output, Does.Not.Contain("Exception"));
    }

    [Test]
    public async Task An_address_of_another_machine_is_reported_and_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", $$"""{"datadir":"{{folder.Path}}/data","address":"203.0.113.9","port":8080}""");
        var (code, _, error) = await RunAsync("-s", "-c", config);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.StartWith("imgapi: cannot listen on 203.0.113.9:8080: this machine has no such address;"));
    }

    [TestCase("-s")]
    [TestCase("verify")]
    [Platform("Linux", Reason = "HOME")]
    public async Task A_command_without_configuration_and_home_folder_fails_and_creates_nothing(string verb)
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Tools.RunAsync("env", ["HOME=/nowhere", "dotnet", ServerProcess.Program, verb], folder.Path);
        Assert.That(code, Is.Not.Zero);
        Assert.That(error, Does.Contain("-c"));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full")]
    public async Task A_full_disk_for_the_log_does_not_hide_the_error()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("config.json", """{"datadir":"data","address":"203.0.113.9","port":8080}""");
        var (_, _, error) = await Tools.RunAsync("sh", ["-c", $"dotnet {ServerProcess.Program} -s -c {config} > /dev/full"]);
        Assert.That(error, Does.StartWith("imgapi: cannot listen on 203.0.113.9:8080"));
    }
}
