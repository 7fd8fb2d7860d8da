namespace ImgApi.Api.Configuration;

/// <summary><c>corsOrigins</c>: the origins whose pages may read from this server.</summary>
/// <param name="List">Origins as browsers write them, or <see cref="Any"/>.</param>
public sealed record CorsOrigins(IReadOnlyList<string> List)
{
    /// <summary>Stands for every origin.</summary>
    public const string Any = "*";
}
