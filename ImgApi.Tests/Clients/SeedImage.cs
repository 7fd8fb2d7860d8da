using System.IO.Compression;
using System.Security.Cryptography;

namespace ImgApi.Tests.Clients;

/// <summary>The manifest in the README of trondn/imgapi, and a large file for it.</summary>
internal static class SeedImage
{
    public const int Size = 300 * 1024 * 1024;

    public const string Manifest = """

            {
               "name": "couchbase-server",
               "version": "4.5.0-snapshot",
               "description": "Snapshot of Couchbase Server 4.5.0 Community Edition",
               "type": "zone-dataset",
               "os": "smartos",
               "requirements": {
                 "networks": [
                   {
                     "name": "net0",
                     "description": "public"
                   }
                 ]
               }
            }
        """;

    /// <summary>A gzip file of random data, which no compression would make smaller.</summary>
    public static (string Path, string Sha1) Create(string path)
    {
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.NoCompression))
        {
            var block = new byte[1 << 20];
            for (var written = 0; written < Size; written += block.Length)
            {
                Random.Shared.NextBytes(block);
                gzip.Write(block);
            }
        }

        return (path, Sha1Of(path));
    }

    public static string Sha1Of(string path)
    {
        using var file = File.OpenRead(path);
#pragma warning disable CA5350
        return Convert.ToHexStringLower(SHA1.HashData(file));
#pragma warning restore CA5350
    }
}
