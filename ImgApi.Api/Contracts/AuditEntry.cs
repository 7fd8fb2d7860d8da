namespace ImgApi.Api.Contracts;

/// <summary>An event of the audit. Members without a value are absent.</summary>
/// <param name="Number">One more than that of the event before.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Action">The operation, such as <c>CreateImage</c> or <c>activate</c>; <c>RefuseCredentials</c>, <c>StartServer</c> and others for what no request did.</param>
/// <param name="User">The user; for refused credentials the name that the caller gave.</param>
/// <param name="Token">The id of the user's token.</param>
/// <param name="Address">IP address of the client.</param>
/// <param name="Request">The id of the request, as in the log and in <c>x-request-id</c>.</param>
/// <param name="Image">UUID of the image.</param>
/// <param name="Name">Name of the image.</param>
/// <param name="Version">Version of the image.</param>
/// <param name="Subject">Name of the user, or id of the token or upload, that the event is about.</param>
/// <param name="Changed">The changed fields of the manifest or of the subject, or the changed keys of the configuration.</param>
/// <param name="Manifest">SHA-256 of the stored manifest after the change.</param>
/// <param name="Corrects">Number of an earlier event whose change did not take effect.</param>
/// <param name="Reason">Why it did not, or why credentials or a file of the operator were refused.</param>
/// <param name="Hash">SHA-256 of this event and all before it.</param>
internal sealed record AuditEntry(
    long Number, string Time, string Action, string? User, string? Token, string? Address, string? Request, string? Image, string? Name, string? Version,
    string? Subject, IReadOnlyDictionary<string, ChangedField>? Changed, string? Manifest, long? Corrects, string? Reason, string Hash);

/// <summary>A field before and after a change: text as it is, other values as JSON. Long values end with three dots.</summary>
/// <param name="From">Absent if the field was.</param>
/// <param name="To">Absent if the field is.</param>
internal sealed record ChangedField(string? From, string? To);
