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

    /// <summary>A request to sign.</summary>
    /// <param name="Key">The path of the private key.</param>
    /// <param name="KeyId">The user.</param>
    /// <param name="Method">The method of the request.</param>
    /// <param name="Path">The path and query of the request.</param>
    /// <param name="Sent">The headers of the request, by names in lower case.</param>
    /// <param name="Algorithm">The algorithm; null for the package's default for the key.</param>
    /// <param name="Headers">The names of the signed headers; null for the date.</param>
    /// <param name="Joyent">Whether to leave out the names of the signed headers, as Joyent's clients do.</param>
    internal sealed record Order(
        string Key,
        string KeyId,
        string Method,
        string Path,
        Dictionary<string, string> Sent,
        string? Algorithm = null,
        string[]? Headers = null,
        bool Joyent = false);

    /// <summary>The <c>Authorization</c> header for a request.</summary>
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
