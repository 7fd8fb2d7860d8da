using System.Text.RegularExpressions;

namespace ImgApi.Tests.Support;

/// <summary>The program as a user runs it, with a home folder of its own and no server but that of the tests.</summary>
internal sealed partial class ClientProgram : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public string Home => _home.Path;

    /// <summary>The file with the logins.</summary>
    public string Logins => _home.Combine(".config", "imgapi", "hosts.json");

    /// <summary>More environment variables.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>A client of a server, with the credentials of its user.</summary>
    public static ClientProgram Of(Uri server) => new()
    {
        Environment = { ["IMGAPI_URL"] = $"http://{TestServer.User}@{server.Authority}", ["IMGAPI_PASSWORD"] = TestServer.Password },
    };

    /// <summary>Runs a command whose input and output are pipes.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunWithInputAsync(null, arguments);

    /// <inheritdoc cref="RunAsync"/>
    public Task<(int Code, string Output, string Error)> RunWithInputAsync(string? input, params string[] arguments) =>
        Tools.RunAsync("env", [.. Variables, "dotnet", ServerProcess.Program, .. arguments], Home, input);

    /// <summary>Runs a command in a terminal of the system, 140 characters wide.</summary>
    /// <param name="typed">What the person types, ahead of the questions.</param>
    /// <returns>The exit code, and what the person sees, without colours and movements of the cursor.</returns>
    public async Task<(int Code, string Screen)> InTerminalAsync(string typed, params string[] arguments)
    {
        Tools.Require("script", "bsdutils");
        var command = string.Join(' ', ((string[])["env", .. Variables, "dotnet", ServerProcess.Program, .. arguments]).Select(word => $"'{word}'"));
        var (code, output, _) = await Tools.RunAsync("script", ["-qec", $"stty cols 140; {command}", "/dev/null"], Home, typed);
        return (code, TerminalCodes.Replace(output, "").ReplaceLineEndings("\n"));
    }

    public void Dispose() => _home.Dispose();

    private IEnumerable<string> Variables =>
        ((string[])["HOME=" + Home, "XDG_CONFIG_HOME=", "SSH_AUTH_SOCK=", "TERM=xterm"]).Concat(Environment.Select(variable => $"{variable.Key}={variable.Value}"));

    [GeneratedRegex(@"\x1b(\[[?\d;]*[A-Za-z]|[=>])|\a")]
    private static partial Regex TerminalCodes { get; }
}
