using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;

namespace ImgApi.Tests.Security.Fuzzing;

/// <summary>Random JSON values and manifests.</summary>
internal static class JsonInputs
{
    private const int MaxDepth = 4;

    private static readonly string[] Keys =
    [
        "v", "uuid", "owner", "name", "version", "description", "homepage", "eula", "disabled", "public", "published_at", "state", "type", "os",
        "origin", "acl", "requirements", "users", "billing_tags", "traits", "tags", "generate_passwords", "inherited_directories", "error",
        "nic_driver", "disk_driver", "cpu_type", "image_size", "files", "icon", "channels", "urn", "activated", "imgapi", "creator_uuid",
        "creator_name", "restricted_to_uuid", "created_at", "networks", "brand", "ssh_key", "min_ram", "max_ram", "min_platform", "max_platform",
        "bootrom", "sha1", "size", "compression", "dataset_guid", "digest", "uncompressedDigest", "stor", "contentType", "superseded", "file", "modified", "md5",
    ];

    private static readonly string[] Values =
    [
        "2", "1", "0", "-1", "1.5", "1e3", "3.79882274e+08", "123456789012345678901234567890", "true", "false", "null", "\"true\"", "\"\"", "\"a\"", "\"base\"",
        "\"1.0.0\"", "\"zvol\"", "\"zone-dataset\"", "\"other\"", "\"smartos\"", "\"active\"", "\"unactivated\"", "\"gzip\"", "\"none\"", "\"bhyve\"", "\"uefi\"",
        "\"2020-01-01T00:00:00Z\"", "\"2020-01-01T00:00Z\"", "\"2020-13-01\"", "\"http://x\"", "\"ftp://x\"", "\"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\"",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", "[]", "{}", "[null]", "[{}]", "[1,\"a\"]", "[\"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa\"]",
        """[{"name":"net0","description":"public"}]""", """{"7.0":"20110101T000000Z"}""", """{"a":"b"}""", """[{"name":"root"}]""", "\"image/png\"",
        """[{"sha1":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","size":3,"compression":"gzip"}]""", "\"\\u0000\"", "\"\\ud83d\\ude00 é\"",
    ];

    /// <summary>The text of a JSON value of any shape. Many of its names and values are those of manifests.</summary>
    public static Gen<string> Value { get; } = Gen.Recursive<string>((depth, inner) => depth >= MaxDepth
        ? Leaf()
        : Gen.Frequency((6, Leaf()), (1, inner.Array[0, 4].Select(items => $"[{string.Join(',', items)}]")), (1, Members(inner, 4))));

    /// <summary>The text of a JSON object with the names of a manifest; many are valid manifests.</summary>
    public static Gen<string> Manifest { get; } = Gen.Select(
        Gen.Frequency((1, Gen.Const("")), (3, Gen.Const("""
            "name":"base","version":"1.0.0","type":"zone-dataset","os":"smartos"
            """)), (1, Gen.Const("""
            "v":2,"name":"base","version":"1.0.0","type":"zvol","os":"linux","image_size":10,"nic_driver":"virtio","disk_driver":"virtio","cpu_type":"host"
            """))),
        Gen.Select(Key(), Value, (key, value) => $"{key}:{value}").Array[0, 5],
        (good, more) => $"{{{string.Join(',', more.Prepend(good).Where(member => member.Length > 0))}}}");

    /// <summary>The bytes of a manifest with a wrong byte or cut off.</summary>
    public static Gen<byte[]> Broken { get; } = Gen.Select(Manifest, Gen.Int[0, 400], Gen.Byte, Gen.Bool, (text, at, value, cut) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[at % bytes.Length] = value;
        return cut ? bytes[..(at % bytes.Length)] : bytes;
    });

    /// <summary>Parses a generated text, which is always valid JSON.</summary>
    public static JsonElement Parse(string text) => JsonElement.Parse(text);

    private static Gen<string> Key() => Gen.Frequency((9, Gen.OneOf(Keys)), (1, Inputs.Noise)).Select(Quoted);

    private static Gen<string> Leaf() => Gen.Frequency(
        (8, Gen.OneOf(Values)), (1, Inputs.Noise.Select(Quoted)), (1, Gen.Double.Where(double.IsFinite).Select(number => JsonSerializer.Serialize(number))));

    private static Gen<string> Members(Gen<string> inner, int max) =>
        Gen.Select(Key(), inner, (key, value) => $"{key}:{value}").Array[0, max].Select(members => $"{{{string.Join(',', members)}}}");

    private static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
