using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ImgApi.Tests.Support;

/// <summary>Signs requests with Joyent's own npm packages.</summary>
internal static class JoyentSigner
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What to sign.</summary>
    /// <param name="Key">File of the private key.</param>
    /// <param name="KeyId">The user.</param>
    /// <param name="Method">Method of the request.</param>
    /// <param name="Path">Path and query of the request.</param>
    /// <param name="Sent">Headers of the request, by names in lower case.</param>
    /// <param name="Algorithm">Null for what the package takes for such a key.</param>
    /// <param name="Headers">Names of what is signed; null for the date.</param>
    /// <param name="Joyent">Whether to leave out the names, as Joyent's clients of image servers do.</param>
    internal sealed record Order(
        string Key,
        string KeyId,
        string Method,
        string Path,
        Dictionary<string, string> Sent,
        string? Algorithm = null,
        string[]? Headers = null,
        bool Joyent = false);

    /// <summary>The Authorization header of a request.</summary>
    public static async Task<string> SignAsync(Order order)
    {
        var node = Tools.Require("node", "nodejs npm");
        var folder = Folder();
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "http-signature")))
        {
            Tools.Missing("the npm packages are not installed: npm ci --prefix ImgApi.Tests/node");
        }

        var (code, output, error) = await Tools.RunAsync(node, ["sign.js"], folder, JsonSerializer.Serialize(new[] { order }, Names));
        Assert.That(code, Is.Zero, error);
        return JsonSerializer.Deserialize<string[]>(output)!.Single();
    }

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "node");
}
