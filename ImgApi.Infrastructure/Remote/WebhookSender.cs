using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ImgApi.Domain.Audit;
using ImgApi.Domain.Notifications;
using ImgApi.Infrastructure.Audit;

namespace ImgApi.Infrastructure.Remote;

/// <summary>
/// Posts notifications as JSON. Neither body nor redirect of an answer is read. Addresses are guarded as for imports.
/// </summary>
internal sealed class WebhookSender(RemoteOptions options) : IWebhookSender, IDisposable
{
    private readonly RemoteConnections _connections = new(options, guarded: !options.AllowLocal, insecure: false);

    public async Task<string?> SendAsync(Webhook webhook, NotificationKind kind, AuditEvent one, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.AnswerTimeout);
        using var request = Request(webhook, kind, one);
        try
        {
            using var response = await _connections.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? null : $"it answered {(int)response.StatusCode}";
        }
        catch (Exception fault) when (RemoteFault.IsFault(fault) && !cancellation.IsCancellationRequested)
        {
            return RemoteFault.Translate(fault, options).Message;
        }
    }

    public void Dispose() => _connections.Dispose();

    private HttpRequestMessage Request(Webhook webhook, NotificationKind kind, AuditEvent one)
    {
        var body = Body(kind, one);
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        request.Headers.Add("X-ImgApi-Event", NotificationKinds.NameOf(kind));
        request.Headers.Add("X-ImgApi-Number", $"{one.Number}");
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(webhook.Secret), body);
        request.Headers.Add("X-ImgApi-Signature", $"sha256={Convert.ToHexStringLower(signature)}");
        return request;
    }

    /// <summary>The event, with its kind as the first member.</summary>
    private static byte[] Body(NotificationKind kind, AuditEvent one)
    {
        var json = JsonSerializer.SerializeToNode(one, AuditJson.Options)!.AsObject();
        json.Insert(0, "event", NotificationKinds.NameOf(kind));
        return JsonSerializer.SerializeToUtf8Bytes(json, AuditJson.Options);
    }
}
