namespace ImgApi.Domain.Remote;

/// <summary>The contract's error messages for failed requests to other servers (2.2). Every refusal becomes <c>RemoteSourceError</c>.</summary>
public static class RemoteErrors
{
    public static Task<T> ForManifestAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync(Manifest(image), request);
    public static Task<T> ForOriginAsync<T>(Uuid origin, Func<Task<T>> request) => RequestAsync($"manifest for origin image {origin}", request);
    public static Task<T> ForFileAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync($"stream for image file {image}", request);
    public static Task<T> ForIconAsync<T>(Uuid image, Func<Task<T>> request) => RequestAsync($"stream for image icon {image}", request);

    /// <summary>About one field of the other server's manifest, or of the request.</summary>
    public static ImgApiException InvalidField(string field, string message) =>
        new(ErrorCode.RemoteSource, message, [new FieldError(field, FieldError.Invalid, message)]);

    /// <summary>For an image whose manifest cannot be requested, since the caller gave no usable source.</summary>
    public static ImgApiException InvalidSource(Uuid image) =>
        Unable(Manifest(image), InvalidField("source", "the source is not an http or https URL"));

    private static string Manifest(Uuid image) => $"manifest for image {image}";

    private static ImgApiException Unable(string what, ImgApiException refusal) =>
        new(ErrorCode.RemoteSource, $"Unable to get {what}. Error from remote: {refusal.Message}", refusal.Errors, refusal);

    private static async Task<T> RequestAsync<T>(string what, Func<Task<T>> request)
    {
        try
        {
            return await request();
        }
        catch (ImgApiException refusal)
        {
            throw Unable(what, refusal);
        }
    }
}
