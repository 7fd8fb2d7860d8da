using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ImgApi.Domain.Notifications;
using ImgApi.Infrastructure.FileSystem.Audit;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.Posix;
using Microsoft.Extensions.Logging;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>
/// Stores the progress in one file of the data folder. A receiver is known by the hash of its URL, which may contain a secret. Receivers that
/// are not configured any more are forgotten with the next change.
/// </summary>
internal sealed class WebhookProgressFile : IWebhookProgress
{
    private readonly DataFolder _data;
    private readonly ILogger _logger;
    private readonly Dictionary<string, long> _stored;
    private readonly ConcurrentDictionary<string, long> _current = new();
    private readonly Lock _saving = new();

    public WebhookProgressFile(DataFolder data, ILogger<WebhookProgressFile> logger)
    {
        (_data, _logger) = (data, logger);
        _stored = Load();
    }

    public long? Find(Webhook webhook) =>
        _current.TryGetValue(KeyOf(webhook), out var number) || _stored.TryGetValue(KeyOf(webhook), out number) ? number : null;

    public void Advance(Webhook webhook, long number) => _current[KeyOf(webhook)] = number;

    public void Save()
    {
        lock (_saving)
        {
            try
            {
                DurableFile.Replace(_data.Root, FileNames.Webhooks, JsonSerializer.SerializeToUtf8Bytes(_current.ToDictionary()));
            }
            catch (Exception e) when (StorageFault.IsFault(e))
            {
                FileSystemLog.WebhooksNotStored(_logger, e);
            }
        }
    }

    private static string KeyOf(Webhook webhook) => AuditLine.HashOf(Encoding.UTF8.GetBytes(webhook.Url.AbsoluteUri));

    private Dictionary<string, long> Load()
    {
        try
        {
            var path = Path.Combine(_data.Root, FileNames.Webhooks);
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (Exception e) when (e is JsonException || StorageFault.IsFault(e))
        {
            FileSystemLog.WebhooksNotStored(_logger, e);
            return [];
        }
    }
}
