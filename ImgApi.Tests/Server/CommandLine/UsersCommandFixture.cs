using ImgApi.Infrastructure.Users;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.CommandLine;

/// <summary>A configuration with a users file, which is missing at first, and the commands that edit it.</summary>
[Category("Slow")]
internal abstract class UsersCommandFixture
{
    private TemporaryFolder _folder = null!;

    protected string Configuration { get; private set; } = null!;

    protected string DataFolder => _folder.Combine("data");

    protected string Text => File.ReadAllText(_folder.Combine("users.json"));

    protected UsersContent Content => new UsersFile(_folder.Combine("users.json")).Read();

    [SetUp]
    public void Create()
    {
        _folder = new TemporaryFolder();
        Write("");
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    /// <param name="keys">More keys of the configuration, each followed by a comma.</param>
    protected void Write(string keys) => Configuration = _folder.Write("config.json", $$"""
        {"datadir":"data","address":"127.0.0.1",{{keys}}"usersFile":"users.json","userdb":[{"name":"admin","password":"geheim"}]}
        """);

    protected string Write(string name, string text) => _folder.Write(name, text);

    protected Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => WithInputAsync(null, arguments);

    protected Task<(int Code, string Output, string Error)> WithInputAsync(string? input, params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, .. arguments, "-c", Configuration], input: input);

    protected async Task AddJoeAsync(string role = "publish")
    {
        var (code, _, error) = await WithInputAsync("a long password\n", "user", "add", "joe", "--role", role);
        Assert.That(code, Is.Zero, error);
    }
}
