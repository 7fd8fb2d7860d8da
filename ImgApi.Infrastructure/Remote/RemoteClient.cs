using System.Net;
using System.Text;

namespace ImgApi.Infrastructure.Remote;

/// <summary>Sends GET requests to other servers and makes of every failure one exception with a reason for a person.</summary>
internal sealed class RemoteClient(RemoteOptions options, TimeProvider clock) : IDisposable
{
    private readonly RemoteConnections _configured = new(options, guarded: false, options.AllowInsecure);
    private readonly RemoteConnections _sources = new(options, guarded: !options.AllowLocal, options.AllowInsecure);
    private readonly RemoteConnections _files = new(options, guarded: !options.AllowLocal, insecure: false);

    /// <summary>Asks for a resource; returns when the headers of the answer are there.</summary>
    /// <param name="prepare">Adds headers.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <exception cref="ImgApiException"><c>RemoteSourceError</c> if no answer came; the text is the reason alone.</exception>
    public async Task<HttpResponseMessage> GetAsync(RemoteTarget target, Action<HttpRequestMessage> prepare, CancellationToken cancellation)
    {
        using var request = Request(target);
        prepare(request);
        using var timeout = new CancellationTokenSource(options.AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        HttpResponseMessage response;
        try
        {
            response = await Connections(target.Trust).SendAsync(request, either.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && RemoteFault.IsFault(fault))
        {
            throw RemoteFault.Translate(fault, options);
        }

        return Checked(response);
    }

    /// <summary>Asks for a small JSON object.</summary>
    /// <exception cref="ImgApiException">
    /// The other server's own error if it answered with one; else <c>RemoteSourceError</c>, the text being the reason alone.
    /// </exception>
    public async Task<System.Text.Json.JsonElement> GetJsonAsync(RemoteTarget target, CancellationToken cancellation)
    {
        using var response = await GetAsync(target, _ => { }, cancellation);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return RemoteJson.Parse(await ReadAsync(response, cancellation));
        }

        throw await RefusalAsync(response, cancellation);
    }

    /// <summary>What another server's answer means that is no success.</summary>
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
        _configured.Dispose();
        _sources.Dispose();
        _files.Dispose();
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await RemoteJson.ReadAsync(await response.Content.ReadAsStreamAsync(either.Token), either.Token);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && RemoteFault.IsFault(fault))
        {
            throw RemoteFault.Translate(fault, options);
        }
    }

    private static HttpResponseMessage Checked(HttpResponseMessage response)
    {
        try
        {
            AnnouncedLength.Check(response);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private HttpRequestMessage Request(RemoteTarget target)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, target.Url);
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.TryAddWithoutValidation("x-request-id", target.RequestId);
        if (target.Trust != RemoteTrust.File)
        {
            request.Headers.TryAddWithoutValidation("accept-version", "*");
        }

        if (target.Credentials is { } credentials)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        }

        return request;
    }

    private RemoteConnections Connections(RemoteTrust trust) => trust switch
    {
        RemoteTrust.Configured => _configured,
        RemoteTrust.Source => _sources,
        _ => _files,
    };
}
