namespace ImgApi.Domain.Remote;

/// <summary>The contract's words for what another server did not deliver (2.2).</summary>
public static class RemoteErrors
{
    /// <summary>Asks for the manifest of an image.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> for every refusal.</exception>
    public static Task<T> ForManifestAsync<T>(Uuid image, Func<Task<T>> ask) => AskAsync($"manifest for image {image}", ask);

    /// <summary>Asks for the manifest of an image's origin.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> for every refusal.</exception>
    public static Task<T> ForOriginAsync<T>(Uuid origin, Func<Task<T>> ask) => AskAsync($"manifest for origin image {origin}", ask);

    /// <summary>Asks for the file of an image.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> for every refusal.</exception>
    public static Task<T> ForFileAsync<T>(Uuid image, Func<Task<T>> ask) => AskAsync($"stream for image file {image}", ask);

    /// <summary>Asks for the icon of an image.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> for every refusal.</exception>
    public static Task<T> ForIconAsync<T>(Uuid image, Func<Task<T>> ask) => AskAsync($"stream for image icon {image}", ask);

    /// <summary><c>RemoteSourceError</c> about one field of the other server's manifest, or of the request.</summary>
    public static ImgApiException WrongField(string field, string message) =>
        new(ErrorCode.RemoteSource, message, [new FieldError(field, FieldError.Invalid, message)]);

    private static async Task<T> AskAsync<T>(string what, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ImgApiException refusal)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"Unable to get {what}. Error from remote: {refusal.Message}", refusal.Errors, refusal);
        }
    }
}
