namespace ImgApi.Api.Contracts;

/// <summary>The storages that requests can name (contract section 5, "building blocks"). This server has the first one only.</summary>
public static class StorageTypes
{
    /// <summary>The server's own disk.</summary>
    public const string Local = "local";

    /// <summary>Every name, in the order in which error messages give them.</summary>
    public static IReadOnlyList<string> All { get; } = [Local, "manta"];
}
