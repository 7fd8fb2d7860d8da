namespace ImgApi.Api.Contracts;

/// <summary>The storages that requests can name (contract section 5, "building blocks"). This server has only the first.</summary>
internal static class StorageTypes
{
    /// <summary>The server's own disk.</summary>
    public const string Local = "local";

    /// <summary>All names, in the order of error messages.</summary>
    public static IReadOnlyList<string> All { get; } = [Local, "manta"];
}
