namespace ImgApi.Api.Unsupported;

/// <summary>CreateImageFromVm (contract 5.25), which needs a datacenter around the server.</summary>
internal static class MachineImages
{
    /// <summary>Refuses every request.</summary>
    public static ImgApiException RefuseCreation() =>
        new(ErrorCode.NotAvailable, "custom image creation is not currently available");
}
