using System.Security.Cryptography;

namespace ImgApi.Tests.Support;

/// <summary>The file of an image as a server has stored it.</summary>
internal static class StoredFile
{
    /// <summary>Asserts that its bytes, its description in the manifest and the digests of the download are those of the given bytes.</summary>
    public static async Task AssertAsync(HttpClient client, string image, byte[] bytes, string? message = null)
    {
        var file = (await client.GetAnswerAsync($"/images/{image}")).Json.GetProperty("files").EnumerateArray().Single();
        var download = await client.GetAnswerAsync($"/images/{image}/file");
        Assert.That(
            (file.GetProperty("sha1").GetString(), file.GetProperty("size").GetInt64(), download.Header("ETag"), download.Header("Content-MD5")),
            Is.EqualTo((ImageChain.Sha1(bytes), bytes.LongLength, ImageChain.Sha1(bytes), Md5(bytes))), message);
        Assert.That(download.Bytes.AsSpan().SequenceEqual(bytes), Is.True, message);
    }

#pragma warning disable CA5351 // The digest of Content-MD5.
    private static string Md5(byte[] bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore CA5351
}
