namespace ImgApi.Api.Observability;

/// <summary>How long the TLS certificate of the server is valid. A server without TLS has none.</summary>
internal interface ICertificateTerm
{
    DateTimeOffset EndsAt { get; }
}
