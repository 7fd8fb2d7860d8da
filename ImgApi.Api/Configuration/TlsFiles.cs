using System.Text.Json;

namespace ImgApi.Api.Configuration;

/// <summary>The files that the server shows and proves who it is by; full paths.</summary>
/// <param name="Certificate">PEM: its certificate, and after it those that lead to a known authority.</param>
/// <param name="Key">PEM: the private key, not encrypted.</param>
public sealed record TlsFiles(string Certificate, string Key)
{
    /// <summary>What the value must be; completes "must be".</summary>
    internal const string Expectation = "{ \"cert\": FILE, \"key\": FILE }, both in PEM";

    private static readonly string[] Members = ["cert", "key"];

    /// <summary>The value of <c>tls</c>; null if it does not have the form. The files are not looked at.</summary>
    internal static TlsFiles? Read(ServerConfiguration configuration, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Count() == Members.Length
        && value.TryGetProperty("cert", out var certificate) && ConfigurationKeys.AbsolutePath(configuration, certificate) is { } certificatePath
        && value.TryGetProperty("key", out var key) && ConfigurationKeys.AbsolutePath(configuration, key) is { } keyPath
            ? new TlsFiles(certificatePath, keyPath)
            : null;

    /// <summary>Keys of the value that are not known.</summary>
    internal static IEnumerable<string> Problems(JsonElement value) => KnownKeys.UnknownMembers("\"tls\"", value, Members);
}
