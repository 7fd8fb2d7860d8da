using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Contracts;

/// <summary>The parameters of single actions on an image.</summary>
public sealed class ImageActionParameters
{
    /// <summary>Import only: true skips the check that the owner exists.</summary>
    [FromQuery(Name = "skip_owner_check")]
    public string? SkipOwnerCheck { get; set; }

    /// <summary>Import and import-remote: URL of another image server, optionally with ?channel=NAME at its end.</summary>
    [FromQuery(Name = "source")]
    public string? Source { get; set; }

    /// <summary>import-from-datacenter: name of a configured server.</summary>
    [FromQuery(Name = "datacenter")]
    public string? Datacenter { get; set; }

    /// <summary>Activate, import-remote and import-from-datacenter: true accepts files that contentCheck refuses.</summary>
    [FromQuery(Name = "force")]
    public string? Force { get; set; }

    /// <summary>Change-stor only: the storage to move the file to; this server has local storage only.</summary>
    [FromQuery(Name = "stor")]
    public string? Stor { get; set; }

    /// <summary>Export only: the path to export to.</summary>
    [FromQuery(Name = "manta_path")]
    public string? MantaPath { get; set; }
}
