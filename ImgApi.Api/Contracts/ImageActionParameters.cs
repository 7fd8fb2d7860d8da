using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Contracts;

/// <summary>The parameters that single actions on an image have beside the common ones.</summary>
public sealed class ImageActionParameters
{
    /// <summary>Import only: true does not ask whether the owner exists.</summary>
    [FromQuery(Name = "skip_owner_check")]
    public string? SkipOwnerCheck { get; set; }

    /// <summary>Import and import-remote: URL of another image server, perhaps with ?channel=NAME at its end.</summary>
    [FromQuery(Name = "source")]
    public string? Source { get; set; }

    /// <summary>import-from-datacenter: name of a server of the configuration.</summary>
    [FromQuery(Name = "datacenter")]
    public string? Datacenter { get; set; }

    /// <summary>Activate, import-remote and import-from-datacenter: true takes also what the server's contentCheck refuses.</summary>
    [FromQuery(Name = "force")]
    public string? Force { get; set; }

    /// <summary>Change-stor only: the storage to move the file to; this server has local storage only.</summary>
    [FromQuery(Name = "stor")]
    public string? Stor { get; set; }

    /// <summary>Export only: the path to export to.</summary>
    [FromQuery(Name = "manta_path")]
    public string? MantaPath { get; set; }
}
