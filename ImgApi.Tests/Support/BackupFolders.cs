using System.Text.Json;

namespace ImgApi.Tests.Support;

/// <summary>A configuration, its data folder and a folder of backups, with the commands <c>backup</c> and <c>restore</c>.</summary>
internal sealed class BackupFolders : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BackupFolders()
    {
        Config = Configure("data");
        Target = _folder.Combine("backups");
    }

    public string Config { get; }

    public string Target { get; init; }

    public string Data => _folder.Combine("data");

    /// <summary>The names of the backups and of what else is in their folder.</summary>
    public string[] Backups => [.. Directory.GetFileSystemEntries(Target).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public string Combine(params string[] names) => _folder.Combine(names);

    public string Write(string name, string text) => _folder.Write(name, text);

    /// <summary>Writes a configuration with another data folder, and a users file that may not exist.</summary>
    public string Configure(string data) =>
        _folder.Write($"{data}.json", $$"""{"datadir":"{{_folder.Combine(data)}}","usersFile":"{{_folder.Combine(data + "-users")}}"}""");

    public Task<(int Code, string Output, string Error)> BackUpAsync(params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, "backup", Target, "-c", Config, .. arguments]);

    public Task<(int Code, string Output, string Error)> RestoreAsync(string config, params string[] arguments) =>
        Tools.RunAsync("dotnet", [ServerProcess.Program, "restore", Target, "-c", config, .. arguments]);

    /// <summary>Names, bytes, times and permissions of all that is in a folder. The lock cannot be read.</summary>
    public static string Describe(string folder) => string.Join('\n', Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O} {Mode(path)} {(File.Exists(path) && !path.EndsWith(".lock", StringComparison.Ordinal) ? ImageChain.Sha1(File.ReadAllBytes(path)) : "")}"));

    /// <summary>Starts a server on a folder, and asserts that it lists images whose files all have the SHA-1 of their manifests.</summary>
    /// <returns>The UUIDs of the images.</returns>
    public static async Task<string[]> AssertServesAsync(string data)
    {
        await using var server = await TestServer.StartAsync(dataFolder: data);
        var health = (await server.Admin.GetAnswerAsync("/health")).Json;
        Assert.That(health.GetProperty("status").GetString(), Is.EqualTo("ok"), health.ToString());
        var images = (await server.Admin.GetAnswerAsync("/images?state=all")).Json.EnumerateArray().ToArray();
        foreach (var image in images)
        {
            await AssertDownloadsAsync(server, image);
        }

        return [.. images.Select(image => image.GetProperty("uuid").GetString()!)];
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertDownloadsAsync(TestServer server, JsonElement image)
    {
        if (image.GetProperty("files").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } file)
        {
            var download = await server.Admin.GetAnswerAsync($"/images/{image.GetProperty("uuid")}/file");
            Assert.That(ImageChain.Sha1(download.Bytes), Is.EqualTo(file.GetProperty("sha1").GetString()));
        }
    }

    private static string Mode(string path) => OperatingSystem.IsWindows() ? "" : $"{File.GetUnixFileMode(path)}";
}
