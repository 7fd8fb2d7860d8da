using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace ImgApi.Tests.Support;

/// <summary>A client of the tus protocol, one request at a time.</summary>
internal sealed class ResumableUpload(HttpClient client, string url)
{
    public static readonly (string Name, string Value) Version = ("Tus-Resumable", "1.0.0");

    public string Url => url;

    public string Id => new Uri(url).Segments[^1];

    /// <summary>Creates an upload.</summary>
    public static async Task<ResumableUpload> BeginAsync(
        HttpClient client, string image, long length, string metadata = "compression=gzip", string query = "")
    {
        var answer = await CreateAsync(client, image, $"{length}", metadata, query);
        return answer.Status == HttpStatusCode.Created
            ? new ResumableUpload(client, answer.Header("Location")!)
            : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>Sends the request that creates an upload.</summary>
    /// <param name="metadata">Keys and values: <c>a=b;c=d</c>.</param>
    public static Task<Answer> CreateAsync(HttpClient client, string image, string length, string metadata = "", string query = "") =>
        client.PostAnswerAsync($"/images/{image}/file/uploads{query}", null, [Version, ("Upload-Length", length), .. Metadata(metadata)]);

    private static (string, string)[] Metadata(string text) => text.Length == 0 ? [] :
        [("Upload-Metadata", string.Join(',', text.Split(';').Select(pair => pair.Split('=', 2)).Select(pair => $"{pair[0]} {Base64(pair[1])}")))];

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public Task<Answer> AppendAsync(long offset, byte[] bytes, params (string Name, string Value)[] headers) =>
        AppendAsync(offset, new ByteArrayContent(bytes), headers);

    public Task<Answer> AppendAsync(long offset, HttpContent body, params (string Name, string Value)[] headers)
    {
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("application/offset+octet-stream");
        return client.AnswerAsync(HttpMethod.Patch, url, body, [Version, ("Upload-Offset", $"{offset}"), .. headers]);
    }

    public Task<Answer> HeadAsync() => client.AnswerAsync(HttpMethod.Head, url, null, Version);

    public Task<Answer> DeleteAsync() => client.DeleteAnswerAsync(url, Version);

    /// <summary>The number of bytes that the server has; null if it does not know the upload.</summary>
    public async Task<long?> OffsetAsync() => (await HeadAsync()) is { Status: HttpStatusCode.OK } answer ? Offset(answer) : null;

    public static long? Offset(Answer answer) =>
        answer.Header("Upload-Offset") is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;
}
