using System.Security.Cryptography;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

/// <summary>Uploads a file of 300,000 bytes, on a server in mode mixed.</summary>
internal abstract class FileFixture() : ContractFixture(ServerMode.Mixed)
{
    protected static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

#pragma warning disable CA5350, CA5351 // the protocol is defined with SHA-1 and MD5
    protected static readonly string Sha1 = Convert.ToHexStringLower(SHA1.HashData(Content));
    protected static readonly string Md5 = Convert.ToBase64String(MD5.HashData(Content));
#pragma warning restore CA5350, CA5351

    /// <summary>The names of the files in an image's folder.</summary>
    protected string[] FilesOf(string uuid) =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(Server.DataFolder, uuid)).Select(path => Path.GetFileName(path)!).Order()];

    protected Task<Answer> PutFileAsync(string uuid, string query, byte[]? bytes = null) =>
        Admin.PutAnswerAsync($"/images/{uuid}/file?{query}", Requests.Bytes(bytes ?? Content));

    protected Task<Answer> GetFileAsync(string uuid, params (string Name, string Value)[] headers) =>
        Anonymous.GetAnswerAsync($"/images/{uuid}/file", headers);

    /// <summary>Uploads the file in chunks, without a <c>Content-Length</c>.</summary>
    protected static async Task<Answer> PutChunkedAsync(HttpClient client, string uuid, string compression)
    {
        using var chunked = new StreamContent(new MemoryStream(Content));
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/images/{uuid}/file?compression={compression}") { Content = chunked };
        request.Headers.TransferEncodingChunked = true;
        return await Answer.ReadAsync(await client.SendAsync(request));
    }
}
