using ImgApi.Api.Wire;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Importing;

/// <summary>The parameters that imports have, as they were sent.</summary>
/// <param name="Http">The request.</param>
/// <param name="Uuid">The image.</param>
/// <param name="Account"><c>account</c>.</param>
/// <param name="SkipOwnerCheck"><c>skip_owner_check</c>.</param>
/// <param name="Source"><c>source</c>.</param>
/// <param name="Datacenter"><c>datacenter</c>.</param>
public sealed record ImportRequest(
    HttpContext Http, Uuid Uuid, string? Account, string? SkipOwnerCheck, string? Source, string? Datacenter)
{
    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>Refuses callers who speak for an account.</summary>
    /// <exception cref="ImgApiException"><c>OperatorOnly</c>.</exception>
    public void EnsureOperator()
    {
        if (!string.IsNullOrEmpty(Account))
        {
            throw new ImgApiException(ErrorCode.OperatorOnly, "this endpoint may only be called by an operator");
        }
    }

    /// <summary>Refuses a <c>skip_owner_check</c> that is no boolean. No mode of this server has owners to look up.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public void CheckSkipOwnerCheck() => _ = Parameters.Boolean("skip_owner_check", SkipOwnerCheck, emptyIsAbsent: true);

    /// <summary>The image at the source that the caller names.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if that is no URL of a server: the text is the reason alone.</exception>
    public RemoteImage Remote() => ImageSource.TryParse(Source, out var source)
        ? new RemoteImage(source, Uuid, Http.TraceIdentifier)
        : throw new ImgApiException(ErrorCode.RemoteSource, "the source is not an http or https URL");
}
