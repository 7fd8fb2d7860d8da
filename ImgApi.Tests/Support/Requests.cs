using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ImgApi.Tests.Support;

/// <summary>Shorthand for requests.</summary>
internal static class Requests
{
    public static Task<Answer> GetAnswerAsync(this HttpClient client, string url, params (string Name, string Value)[] headers) =>
        client.AnswerAsync(HttpMethod.Get, url, null, headers);

    public static Task<Answer> PostAnswerAsync(this HttpClient client, string url, HttpContent? body = null, params (string Name, string Value)[] headers) =>
        client.AnswerAsync(HttpMethod.Post, url, body, headers);

    public static Task<Answer> PutAnswerAsync(this HttpClient client, string url, HttpContent? body = null, params (string Name, string Value)[] headers) =>
        client.AnswerAsync(HttpMethod.Put, url, body, headers);

    public static Task<Answer> DeleteAnswerAsync(this HttpClient client, string url, params (string Name, string Value)[] headers) =>
        client.AnswerAsync(HttpMethod.Delete, url, null, headers);

    public static async Task<Answer> AnswerAsync(
        this HttpClient client, HttpMethod method, string url, HttpContent? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Answer.ReadAsync(await client.SendAsync(request));
    }

    /// <summary>The answer; null if the server closed the connection.</summary>
    public static async Task<Answer?> GetAnswerOrNullAsync(this HttpClient client, string url)
    {
        try
        {
            return await client.GetAnswerAsync(url);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public static StringContent Json(object body) =>
        new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    public static ByteArrayContent Bytes(byte[] bytes, string? type = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    /// <summary>A valid manifest with fields added, replaced or (if the value is null) removed.</summary>
    public static StringContent Manifest(params (string Key, object? Value)[] changes)
    {
        var manifest = new JsonObject { ["name"] = "base", ["version"] = "1.0.0", ["type"] = "zone-dataset", ["os"] = "smartos" };
        foreach (var (key, value) in changes)
        {
            manifest.Remove(key);
            if (value is not null)
            {
                manifest[key] = (value as JsonNode)?.DeepClone() ?? JsonSerializer.SerializeToNode(value);
            }
        }

        return Json(manifest.ToJsonString());
    }

    public static async Task<string> CreateAsync(this HttpClient client, params (string Key, object? Value)[] changes)
    {
        var answer = await client.PostAnswerAsync("/images", Manifest(changes));
        return answer.Status == System.Net.HttpStatusCode.OK ? answer.Uuid : throw new InvalidOperationException(answer.Text);
    }

    public static async Task<Answer> UploadAsync(this HttpClient client, string uuid, byte[]? bytes = null, string query = "compression=gzip") =>
        Succeeded(await client.PutAnswerAsync($"/images/{uuid}/file?{query}", Bytes(bytes ?? [1, 2, 3, 4])));

    public static async Task<Answer> ActAsync(this HttpClient client, string uuid, string action, HttpContent? body = null) =>
        Succeeded(await client.PostAnswerAsync($"/images/{uuid}?action={action}", body));

    /// <summary>Creates an image, uploads a file and activates the image.</summary>
    public static async Task<string> PublishAsync(this HttpClient client, params (string Key, object? Value)[] changes)
    {
        var uuid = await client.CreateAsync(changes);
        await client.UploadAsync(uuid);
        await client.ActAsync(uuid, "activate");
        return uuid;
    }

    private static Answer Succeeded(Answer answer) =>
        answer.Status == System.Net.HttpStatusCode.OK ? answer : throw new InvalidOperationException(answer.Text);
}
