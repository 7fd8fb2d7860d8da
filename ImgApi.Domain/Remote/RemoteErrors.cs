namespace ImgApi.Domain.Remote;

/// <summary>The contract's error messages for failed requests to other servers (2.2).</summary>
public static class RemoteErrors
{
    /// <summary>Requests the manifest of an image. Every refusal becomes <c>RemoteSourceError</c>, here and in the next methods.</summary>
    public static Task<T> ForManifestAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync($"manifest for image {image}", request);

    /// <summary>Requests the manifest of an image's origin.</summary>
    public static Task<T> ForOriginAsync<T>(Uuid origin, Func<Task<T>> request) => RequestAsync($"manifest for origin image {origin}", request);

    /// <summary>Requests the file of an image.</summary>
    public static Task<T> ForFileAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync($"stream for image file {image}", request);

    /// <summary>Requests the icon of an image.</summary>
    public static Task<T> ForIconAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync($"stream for image icon {image}", request);

    /// <summary><c>RemoteSourceError</c> about one field of the other server's manifest, or of the request.</summary>
    public static ImgApiException InvalidField(string field, string message) =>
        new(ErrorCode.RemoteSource, message, [new FieldError(field, FieldError.Invalid, message)]);

    private static async Task<T> RequestAsync<T>(string what, Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (ImgApiException refusal)
        {
            throw new ImgApiException(ErrorCode.RemoteSource, $"Unable to get {what}. Error from remote: {refusal.Message}", refusal.Errors, refusal);
        }
    }
}
