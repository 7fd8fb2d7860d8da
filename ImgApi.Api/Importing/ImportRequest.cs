using ImgApi.Api.Contracts;
using ImgApi.Domain.Errors;
using ImgApi.Domain.Images;
using ImgApi.Domain.Remote;

namespace ImgApi.Api.Importing;

/// <summary>The parameters that imports have, as they were sent.</summary>
/// <param name="Http">The request.</param>
/// <param name="Uuid">The image.</param>
/// <param name="Account"><c>account</c>.</param>
/// <param name="Channel">The channel that the image is to be in; null on a server without channels.</param>
/// <param name="Parameters">The rest.</param>
public sealed record ImportRequest(HttpContext Http, Uuid Uuid, string? Account, string? Channel, ImageActionParameters Parameters)
{
    /// <summary><c>source</c>.</summary>
    public string? Source => Parameters.Source;

    /// <summary><c>datacenter</c>.</summary>
    public string? Datacenter => Parameters.Datacenter;

    /// <summary><c>force</c>.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public bool IsForced => Wire.Parameters.Force(Parameters.Force);

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>Refuses callers who speak for an account.</summary>
    /// <exception cref="ImgApiException"><c>OperatorOnly</c>.</exception>
    public void EnsureOperator() => Wire.Parameters.RefuseAccount(Account);

    /// <summary>Refuses a <c>skip_owner_check</c> that is no boolean. No mode of this server has owners to look up.</summary>
    /// <exception cref="ImgApiException"><c>InvalidParameter</c>.</exception>
    public void CheckSkipOwnerCheck() => _ = Wire.Parameters.Boolean("skip_owner_check", Parameters.SkipOwnerCheck, emptyIsAbsent: true);

    /// <summary>The image at the source that the caller names.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if that is no URL of a server: the text is the reason alone.</exception>
    public RemoteImage Remote() => ImageSource.TryParse(Source, out var source)
        ? new RemoteImage(source, Uuid, Http.TraceIdentifier)
        : throw RemoteErrors.WrongField("source", "the source is not an http or https URL");
}
