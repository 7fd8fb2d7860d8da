using System.Text.Json;
using System.Text.Json.Serialization;
using ImgApi.Api.OpenApi;

namespace ImgApi.Api.Contracts;

/// <summary>
/// A manifest as callers send it, not checked yet: every member is the JSON that was given, or undefined if none was.
/// The validator says what is wrong with it in the contract's words; only then is it mapped to a domain type.
/// </summary>
public sealed class ManifestBody
{
    /// <summary>Version of the manifest format; 2 by default.</summary>
    [JsonPropertyName("v"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(long))]
    public JsonElement V { get; set; }

    /// <summary>Import only: the same uuid as in the path.</summary>
    [JsonPropertyName("uuid"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Uuid { get; set; }

    /// <summary>UUID of the owner.</summary>
    [JsonPropertyName("owner"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Owner { get; set; }

    /// <summary>Name: letters, digits, space, '.', '-', '_' and '/', at most 1024 characters.</summary>
    [JsonPropertyName("name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Name { get; set; }

    /// <summary>Version: letters, digits, '.', '-', '_', '/' and '+', at most 512 characters.</summary>
    [JsonPropertyName("version"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Version { get; set; }

    /// <summary>Whether the image is to stay off the list when it is activated.</summary>
    [JsonPropertyName("disabled"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(bool))]
    public JsonElement Disabled { get; set; }

    /// <summary>Import only: YYYY-MM-DDTHH:MM:SS(.SSS)Z.</summary>
    [JsonPropertyName("published_at"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement PublishedAt { get; set; }

    /// <summary>Whether every account sees the image.</summary>
    [JsonPropertyName("public"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(bool))]
    public JsonElement Public { get; set; }

    /// <summary>Import: ignored. Update: an operator's label. Not allowed on create.</summary>
    [JsonPropertyName("state"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement State { get; set; }

    /// <summary>zone-dataset, zvol, lx-dataset, lxd, docker or other.</summary>
    [JsonPropertyName("type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Type { get; set; }

    /// <summary>smartos, linux, windows, bsd, illumos or other.</summary>
    [JsonPropertyName("os"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Os { get; set; }

    /// <summary>Ignored: the file comes with AddImageFile.</summary>
    [JsonPropertyName("files"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Files { get; set; }

    /// <summary>Network driver; required for a zvol and only there.</summary>
    [JsonPropertyName("nic_driver"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement NicDriver { get; set; }

    /// <summary>Disk driver; required for a zvol and only there.</summary>
    [JsonPropertyName("disk_driver"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement DiskDriver { get; set; }

    /// <summary>CPU type; required for a zvol and only there.</summary>
    [JsonPropertyName("cpu_type"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement CpuType { get; set; }

    /// <summary>Size in MiB; required for a zvol and only there.</summary>
    [JsonPropertyName("image_size"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(long))]
    public JsonElement ImageSize { get; set; }

    /// <summary>Free text, at most 10240 characters.</summary>
    [JsonPropertyName("description"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Description { get; set; }

    /// <summary>http or https URL, at most 1024 characters.</summary>
    [JsonPropertyName("homepage"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Homepage { get; set; }

    /// <summary>http or https URL of the licence, at most 1024 characters.</summary>
    [JsonPropertyName("eula"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Eula { get; set; }

    /// <summary>UUID of the image that this one is an increment of.</summary>
    [JsonPropertyName("origin"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Origin { get; set; }

    /// <summary>Object that says why the image failed.</summary>
    [JsonPropertyName("error"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Error { get; set; }

    /// <summary>Ignored: the icon comes with AddImageIcon.</summary>
    [JsonPropertyName("icon"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Icon { get; set; }

    /// <summary>UUIDs of the accounts that see the image although it is private.</summary>
    [JsonPropertyName("acl"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string[]))]
    public JsonElement Acl { get; set; }

    /// <summary>Object: networks, brand, ssh_key, min_ram, max_ram, min_platform, max_platform, bootrom.</summary>
    [JsonPropertyName("requirements"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Requirements { get; set; }

    /// <summary>Array of {"name": ...}.</summary>
    [JsonPropertyName("users"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Users { get; set; }

    /// <summary>Tags for billing, at most 128 characters each.</summary>
    [JsonPropertyName("billing_tags"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string[]))]
    public JsonElement BillingTags { get; set; }

    /// <summary>Object whose values are strings, booleans or arrays.</summary>
    [JsonPropertyName("traits"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Traits { get; set; }

    /// <summary>Object of any values, at most 100 KiB as compact JSON.</summary>
    [JsonPropertyName("tags"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(JsonElement))]
    public JsonElement Tags { get; set; }

    /// <summary>Whether passwords are generated for the users.</summary>
    [JsonPropertyName("generate_passwords"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(bool))]
    public JsonElement GeneratePasswords { get; set; }

    /// <summary>Folders that a zone inherits; zone-dataset only.</summary>
    [JsonPropertyName("inherited_directories"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string[]))]
    public JsonElement InheritedDirectories { get; set; }

    /// <summary>Ignored on create and import.</summary>
    [JsonPropertyName("channels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string[]))]
    public JsonElement Channels { get; set; }

    /// <summary>Import only: name in the old dataset API.</summary>
    [JsonPropertyName("urn"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault), JsonShape(typeof(string))]
    public JsonElement Urn { get; set; }

    /// <summary>The keys that are none of the above, in the order of the body.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Extra { get; set; } = [];
}
