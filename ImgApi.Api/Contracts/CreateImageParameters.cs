using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Contracts;

/// <summary>The parameters to create an image from Docker or LXD (contract 5.26 and 5.27).</summary>
public sealed class CreateImageParameters
{
    /// <summary>import-docker-image: the repository, such as busybox or registry.example.com/team/app.</summary>
    [FromQuery(Name = "repo")]
    public string? Repo { get; set; }

    /// <summary>import-docker-image: the tag; either this or digest.</summary>
    [FromQuery(Name = "tag")]
    public string? Tag { get; set; }

    /// <summary>import-docker-image: the digest; either this or tag.</summary>
    [FromQuery(Name = "digest")]
    public string? Digest { get; set; }

    /// <summary>import-docker-image: whether the image becomes public; true by default.</summary>
    [FromQuery(Name = "public")]
    public string? Public { get; set; }

    /// <summary>import-lxd-image: REGISTRY:IMAGE.</summary>
    [FromQuery(Name = "alias")]
    public string? Alias { get; set; }
}
