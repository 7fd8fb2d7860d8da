using System.Diagnostics;
using System.Net.Sockets;

namespace ImgApi.Tests.Support;

/// <summary>A real nginx in front of a server, with a site of <c>support-files</c> adapted to the addresses and folders of the test.</summary>
internal sealed class NginxProcess : IAsyncDisposable
{
    private readonly Process _process;

    private NginxProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts nginx with a site of <c>support-files</c>.</summary>
    public static async Task<NginxProcess> StartAsync(string site, Uri server, string dataFolder, TemporaryFolder folder)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "support-files", site));
        return await StartOnTextAsync(text.Replace("/var/lib/imgapi/", dataFolder + "/", StringComparison.Ordinal), server, folder);
    }

    /// <summary>Starts nginx with the text of a site that listens on port 80 and forwards to 127.0.0.1:8080.</summary>
    public static async Task<NginxProcess> StartOnTextAsync(string site, Uri server, TemporaryFolder folder)
    {
        var nginx = Tools.Require("nginx", "nginx-light");
        var address = new UriBuilder("http", "127.0.0.1", Ports.Free()).Uri;
        folder.Write("site.conf", Replace(Replace(site, "listen 80;", $"listen {address.Authority};"), "127.0.0.1:8080", server.Authority));
        var temporary = string.Concat(new[] { "client_body", "proxy", "fastcgi", "uwsgi", "scgi" }.Select(name => $"{name}_temp_path {folder.Path}/{name};\n"));
        var user = Environment.IsPrivilegedProcess ? "user root;" : "";
        var main = folder.Write("nginx.conf", $$"""
            daemon off; {{user}} pid {{folder.Path}}/nginx.pid; error_log stderr;
            events { }
            http { access_log off; {{temporary}} include {{folder.Path}}/site.conf; }
            """);
        var process = Process.Start(new ProcessStartInfo(nginx, ["-c", main, "-p", folder.Path, "-e", "stderr"]))!;
        await Eventually.TrueAsync(() => Listens(address));
        return new NginxProcess(process, address);
    }

    public async ValueTask DisposeAsync()
    {
        // SIGTERM ends nginx's workers too.
        await Tools.RunAsync("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Replaces a text, and fails if it is absent.</summary>
    private static string Replace(string text, string old, string with)
    {
        Assert.That(text, Does.Contain(old));
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    private static bool Listens(Uri address)
    {
        try
        {
            using var client = new TcpClient(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
