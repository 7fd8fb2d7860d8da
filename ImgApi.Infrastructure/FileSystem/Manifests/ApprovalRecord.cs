using System.Text.Json;
using ImgApi.Domain.Manifests;

namespace ImgApi.Infrastructure.FileSystem.Manifests;

/// <summary>The request for approval, in the private record. An invalid record is ignored.</summary>
internal static class ApprovalRecord
{
    private const string Key = "approval";

    public static void Write(Utf8JsonWriter writer, ApprovalRequest? request)
    {
        if (request is null)
        {
            return;
        }

        writer.WriteStartObject(Key);
        writer.WriteString("requested", request.RequestedAt.Text);
        writer.WriteTextIfAny("rejected_by", request.RejectedBy);
        writer.WriteTextIfAny("reason", request.Reason);
        writer.WriteEndObject();
    }

    public static ApprovalRequest? Read(JsonElement record) =>
        record.Member(Key) is var approval && Timestamp.TryParse(approval.Member("requested").AsText(), out var requested)
            ? new ApprovalRequest(requested) { RejectedBy = approval.Member("rejected_by").AsText(), Reason = approval.Member("reason").AsText() }
            : null;
}
