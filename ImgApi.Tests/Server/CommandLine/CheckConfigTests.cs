using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>The commands <c>check-config</c> and <c>config path</c>.</summary>
[TestFixture]
[Category("Slow")]
internal sealed class CheckConfigTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    private string Write([StringSyntax(StringSyntaxAttribute.Json)] string configuration) => _folder.Write("config.json", configuration);

    private Task<(int Code, string Output, string Error)> CheckAsync(string file) => RunAsync("check-config", "-c", file);

    /// <summary>Runs the program with the test's folder as home folder.</summary>
    private Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) =>
        Tools.RunAsync("env", [$"HOME={_folder.Path}", "IMGAPI_PORT=8081", "dotnet", ServerProcess.Program, .. arguments]);

    [Test]
    public async Task A_valid_configuration_is_printed_with_the_origin_of_each_value()
    {
        var (code, output, error) = await CheckAsync(Write("""{"datadir":"data","address":"127.0.0.1"}"""));
        Assert.That((code, error), Is.EqualTo((0, $"imgapi: warning: there are neither users nor keys: nobody may change images; set \"usersFile\", and create a user with imgapi user add\nimgapi: {_folder.Path}/config.json is valid, with 1 warning\n")));
        Assert.That(output.Split('\n'), Is.SupersetOf(new[]
        {
            "address\t127.0.0.1\tfile", $"datadir\t{_folder.Path}/data\tfile", "port\t8081\tIMGAPI_PORT", "authType\tbasic\tdefault", "userdb\t-\tdefault",
        }));
    }

    [Test]
    public async Task A_valid_configuration_is_json_on_request_with_its_warnings()
    {
        var (code, output, error) = await RunAsync("check-config", "--json", "-c", Write("""{"datadir":"data","address":"127.0.0.1"}"""));
        var json = JsonNode.Parse(output)!;
        Assert.That((code, error, (bool)json["valid"]!), Is.EqualTo((0, "", true)));
        Assert.That(json["values"]!.AsArray().Select(value => value!.ToJsonString()), Does.Contain("""{"key":"port","value":"8081","origin":"IMGAPI_PORT"}"""));
        Assert.That(json["warnings"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_broken_users_file_is_a_problem()
    {
        var file = _folder.Write("users.json", "{}");
        var (code, _, error) = await CheckAsync(Write("""{"datadir":"data","address":"127.0.0.1","usersFile":"users.json"}"""));
        Assert.That((code, error), Is.EqualTo((1, $"imgapi: cannot use the configuration {_folder.Path}/config.json:\n  - cannot use the users file {file}: there is no list \"users\"\n")));
    }

    [Test]
    public async Task The_problems_of_a_configuration_are_json_on_request()
    {
        var (code, output, _) = await RunAsync("check-config", "--json", "-c", Write("""{"datadir":"data","address":true,"typo":1}"""));
        var json = JsonNode.Parse(output)!;
        Assert.That((code, (bool)json["valid"]!, json["problems"]!.AsArray().Count), Is.EqualTo((1, false, 2)), output);
    }

    [Test]
    public async Task The_path_of_the_configuration_is_json_on_request()
    {
        var (_, output, error) = await RunAsync("config", "path", "--json");
        Assert.That((JsonNode.Parse(output)!.ToJsonString(), error), Is.EqualTo(($$"""{"path":"{{_folder.Path}}/.imgapi/config.json","exists":false}""", "")));
    }

    [Test]
    public async Task All_problems_are_reported_at_once_with_exit_code_1()
    {
        var (code, output, error) = await CheckAsync(Write("""{"dataDir":"data","port":"x"}"""));
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(error, Does.Contain("did you mean \"datadir\"?").And.Contain("\"datadir\" is required").Or.Contain("\"datadir\""));
    }

    [Test]
    public async Task Files_that_the_server_could_not_read_are_reported_together()
    {
        var (code, _, error) = await CheckAsync(Write("""
            {"datadir":"data","authKeysDir":"keys","tls":{"cert":"cert.pem","key":"key.pem"}}
            """));
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"  - cannot read the keys of the users in {_folder.Path}/keys").And.Contain($"  - cannot use the certificate {_folder.Path}/cert.pem"));
    }

    [Test]
    public async Task Passwords_are_not_printed()
    {
        var (_, output, error) = await CheckAsync(Write("""
            {
              "datadir":"data", "userdb":[{"name":"alice","password":"geheim1"}], "httpProxy":"http://bob:geheim2@proxy:3128",
              "imgapiUrlFromDatacenter":{"east":"http://carol:geheim3@east"}
            }
            """));
        Assert.That(output + error, Does.Contain("userdb\talice\t").And.Contain("proxy:3128").And.Not.Contain("geheim"));
    }

    [Test]
    public async Task Nothing_is_created()
    {
        await CheckAsync(Write("""{"datadir":"data"}"""));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Exactly(1).Items);
    }

    [TestCase(".imgapi.json")]
    [TestCase(".imgapi/config.json")]
    public async Task The_path_of_the_configuration_in_the_home_folder_is_printed(string name)
    {
        var file = _folder.Combine(name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "{}");
        Assert.That(await RunAsync("config", "path"), Is.EqualTo((0, file + "\n", "")));
    }

    [Test]
    public async Task Without_a_configuration_the_path_of_the_one_that_a_start_creates_is_printed() =>
        Assert.That(await RunAsync("config", "path"), Is.EqualTo((0, _folder.Combine(".imgapi/config.json") + "\n", "imgapi: there is no such file yet\n")));

    [Test]
    public async Task In_a_terminal_the_values_are_a_table()
    {
        var (code, screen) = await Terminal.RunAsync($"{Terminal.ImgApi} check-config -c {Write("""{"datadir":"/data","port":80}""")}");
        Assert.That(code, Is.Zero, screen);
        Assert.That(screen, Does.Match(@"(?m)^datadir +/data +file *$").And.Match("(?m)^port +80 +file *$"));
    }
}
