namespace ImgApi.Api.Contracts;

/// <summary>The query of ListAudit. Events must meet all conditions.</summary>
internal sealed class AuditParameters : QueryParameters
{
    /// <summary>UUID of an image.</summary>
    public string? Image { get; set; }

    /// <summary>Exact name of a user.</summary>
    public string? User { get; set; }

    /// <summary>Exact action, such as CreateImage or activate.</summary>
    public string? Action { get; set; }

    /// <summary>Only events of this time and later: YYYY-MM-DDTHH:MM:SS(.SSS)Z.</summary>
    public string? Since { get; set; }

    /// <summary>Maximum number of events: 1 to 1000; 100 by default.</summary>
    public string? Limit { get; set; }

    /// <summary>Number of an event: only older ones are listed.</summary>
    public string? Marker { get; set; }
}
