namespace ImgApi.Api.Web.Add;

/// <summary>What a file says about itself before it is uploaded. What it does not say is null.</summary>
/// <param name="Summary">The format in words.</param>
/// <param name="Compression">One of <see cref="Domain.Images.Compression.All"/>; none for an unknown format.</param>
/// <param name="Name">Name for the image, from the name of the file, as is <paramref name="Version"/>.</param>
/// <param name="Type">A type that machines can install from the file.</param>
/// <param name="Origin">UUID of the image that the file is an increment of, if this server has it.</param>
/// <param name="Problem">Why no machine can install the file as the manifest describes it.</param>
internal sealed record FileFacts(
    string Summary, string Compression, string? Name, string? Version, string? Type, string? Os, string? Origin, string? Problem);
