using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <summary>The files of the server's TLS certificate.</summary>
/// <param name="Certificate">Path of the certificate in PEM, followed by the intermediate certificates.</param>
/// <param name="Key">Path of the private key in PEM, not encrypted.</param>
internal sealed record TlsFiles(
    [property: JsonPropertyName("cert"), MustBe("the path of a file in PEM")] string Certificate, [property: MustBe("the path of a file in PEM")] string Key)
{
    // For the binder, which sets one property after the other.
    private TlsFiles()
        : this("", "")
    {
    }
}
