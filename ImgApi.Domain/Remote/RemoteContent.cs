namespace ImgApi.Domain.Remote;

/// <summary>Bytes on their way from another server. A connection that breaks is taken up again where it broke, if that can be done.</summary>
/// <param name="Body">
/// Read once, forwards; its position is the number of bytes that have come. A read that fails for good throws
/// <see cref="Errors.ImgApiException"/> with what the caller is to be told.
/// </param>
/// <param name="Length">Bytes in all, as announced; null if they were not.</param>
/// <param name="Md5">Base64 MD5, as announced; null if it was not.</param>
public sealed record RemoteContent(Stream Body, long? Length, string? Md5 = null) : IAsyncDisposable
{
    /// <summary>Its media type without parameters, as announced; null if it was not.</summary>
    public string? ContentType { get; init; }

    /// <summary>Ends the transfer.</summary>
    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
