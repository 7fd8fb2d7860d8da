using System.Security.Cryptography;

namespace ImgApi.Tests.Support;

/// <summary>Three active images with files on a server, each the origin of the next.</summary>
internal sealed class ImageChain
{
    public const int FileSize = 300_000;

    private static readonly string[] Names = ["base", "middle", "top"];

    private readonly Dictionary<string, byte[]> _files = [];

    public string Base { get; } = Uuid.New().ToString();

    public string Middle { get; } = Uuid.New().ToString();

    public string Top { get; } = Uuid.New().ToString();

    public string[] All => [Base, Middle, Top];

    public byte[] FileOf(string uuid) => _files[uuid];

    public static string Sha1(byte[] bytes)
    {
#pragma warning disable CA5350 // the digest of the wire contract
        return Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
    }

    public static async Task<ImageChain> PublishAsync(HttpClient admin)
    {
        var chain = new ImageChain();
        string? origin = null;
        foreach (var (uuid, name) in chain.All.Zip(Names))
        {
            var manifest = Requests.Manifest(("v", 2), ("uuid", uuid), ("name", name), ("origin", origin), ("description", $"the {name} image"));
            await admin.ActAsync(uuid, "import", manifest);
            chain._files[uuid] = RandomNumberGenerator.GetBytes(FileSize);
            await admin.UploadAsync(uuid, chain.FileOf(uuid), $"compression=gzip&dataset_guid={name}&sha1={Sha1(chain.FileOf(uuid))}");
            await admin.ActAsync(uuid, "activate");
            origin = uuid;
        }

        return chain;
    }
}
