using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <summary>The certificate that the server shows, and its key; full paths.</summary>
/// <param name="Certificate">PEM: the certificate, and after it those that lead to a known authority.</param>
/// <param name="Key">PEM: the private key, not encrypted.</param>
public sealed record TlsFiles(
    [property: JsonPropertyName("cert"), MustBe("the path of a file in PEM")] string Certificate, [property: MustBe("the path of a file in PEM")] string Key)
{
    [JsonConstructor]
    private TlsFiles()
        : this("", "")
    {
    }
}
