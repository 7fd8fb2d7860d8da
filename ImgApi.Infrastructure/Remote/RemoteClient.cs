using System.Net;
using System.Text;
using System.Text.Json;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Sends requests to other servers. Every failure is an <see cref="ImgApiException"/>.</summary>
internal sealed class RemoteClient(RemoteOptions options, TimeProvider clock) : IDisposable
{
    private readonly Dictionary<RemoteTrust, RemoteConnections> _connections = new()
    {
        [RemoteTrust.Configured] = new(options, guarded: false, options.AllowInsecure),
        [RemoteTrust.Source] = new(options, guarded: !options.AllowLocal, options.AllowInsecure),
        [RemoteTrust.File] = new(options, guarded: !options.AllowLocal, insecure: false),
    };

    /// <summary>Sends a GET request, and returns when the headers of the response have arrived.</summary>
    /// <param name="target">The requested resource.</param>
    /// <param name="prepare">Adds headers.</param>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if there is no valid response; the text is only the reason.</exception>
    public Task<HttpResponseMessage> GetAsync(RemoteTarget target, CancellationToken cancellation, Action<HttpRequestMessage>? prepare = null) =>
        SendAsync(HttpMethod.Get, target, cancellation, prepare);

    /// <summary>Sends a request, and returns when the headers of the response have arrived.</summary>
    /// <param name="target">The requested resource.</param>
    /// <param name="prepare">Adds headers and the body.</param>
    /// <param name="isLong">Whether the body is a transfer, for which the time until the answer is not limited.</param>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if there is no valid response; the text is only the reason.</exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, RemoteTarget target, CancellationToken cancellation, Action<HttpRequestMessage>? prepare = null, bool isLong = false)
    {
        using var request = Request(method, target);
        prepare?.Invoke(request);
        if (method != HttpMethod.Get && method != HttpMethod.Head)
        {
            // The runtime sends a request without a body again if the connection ends before an answer, although the other server may have acted.
            request.Content ??= new ByteArrayContent([]);
        }

        if (target.Signer is { } signer)
        {
            await RequestSigning.SignAsync(request, signer, clock, cancellation);
        }

        var changes = !isLong && method != HttpMethod.Get && method != HttpMethod.Head && method != HttpMethod.Options;
        var response = await InTimeAsync(
            allowed => _connections[target.Trust].SendAsync(request, allowed), isLong ? Timeout.InfiniteTimeSpan : options.AnswerTimeout, cancellation, changes);
        if (!HasInvalidLength(response))
        {
            return response;
        }

        response.Dispose();
        throw new ImgApiException(ErrorCode.RemoteSource, "the answer's Content-Length is not a number of bytes");
    }

    /// <summary>Requests a small JSON object.</summary>
    /// <exception cref="ImgApiException">
    /// The other server's own error if it answered with one; otherwise <c>RemoteSourceError</c>, with only the reason as text.
    /// </exception>
    public Task<JsonElement> GetJsonAsync(RemoteTarget target, CancellationToken cancellation) =>
        SendForJsonAsync(HttpMethod.Get, target, cancellation);

    /// <summary>Sends a request whose answer is a small JSON object.</summary>
    /// <exception cref="ImgApiException">As <see cref="GetJsonAsync"/>.</exception>
    public async Task<JsonElement> SendForJsonAsync(
        HttpMethod method, RemoteTarget target, CancellationToken cancellation, Action<HttpRequestMessage>? prepare = null, bool isLong = false)
    {
        using var response = await SendAsync(method, target, cancellation, prepare, isLong);
        return response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted
            ? RemoteJson.Parse(await ReadAsync(response, cancellation))
            : throw await RefusalAsync(response, cancellation);
    }

    /// <summary>Reads a small body.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it does not arrive or is too large.</exception>
    public Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) => InTimeAsync(
        async allowed => await RemoteJson.ReadAsync(await response.Content.ReadAsStreamAsync(allowed), allowed), options.AnswerTimeout, cancellation);

    /// <summary>Performs one step of a larger transfer, which must not take longer than <see cref="RemoteOptions.StallTimeout"/>.</summary>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if it fails; the text is only the reason.</exception>
    public Task<T> StepAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellation) =>
        InTimeAsync(step, options.StallTimeout, cancellation);

    /// <summary>The error that an unsuccessful response means.</summary>
    public async Task<ImgApiException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        var body = status >= 400 ? await ReadAsync(response, cancellation) : [];
        var text = status is >= 300 and < 400 ? $"HTTP {status}, a redirect, which is not followed" : $"HTTP {status}";
        return RemoteJson.Refusal(status, body) ?? new ImgApiException(
            ErrorCode.RemoteSource, text, inner: new HttpRequestException(text, inner: null, response.StatusCode));
    }

    public void Dispose()
    {
        foreach (var connections in _connections.Values)
        {
            connections.Dispose();
        }
    }

    /// <param name="changes">Whether the work may change something at the other server.</param>
    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken cancellation, bool changes = false)
    {
        using var timeout = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await work(either.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && RemoteFault.IsFault(fault))
        {
            throw RemoteFault.Translate(fault, options, changes);
        }
    }

    /// <summary>The runtime ignores an invalid Content-Length (RFC 9110, 8.6), and would wait until the other server closes the connection.</summary>
    private static bool HasInvalidLength(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths)
        && (lengths.Count != 1 || response.Content.Headers.ContentLength is null);

    private HttpRequestMessage Request(HttpMethod method, RemoteTarget target)
    {
        var request = new HttpRequestMessage(method, target.Url);
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.TryAddWithoutValidation("x-request-id", target.RequestId);
        if (target.Trust != RemoteTrust.File)
        {
            request.Headers.TryAddWithoutValidation("accept-version", "*");
        }

        if (target is { Signer: null, Credentials: { } credentials })
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }
        else if (target is { Signer: null, Token: { } token })
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return request;
    }
}
