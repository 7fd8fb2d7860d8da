namespace ImgApi.Infrastructure.Remote;

/// <summary>A caller named a source that is on this machine or on its link.</summary>
internal sealed class ForbiddenAddressException(string host)
    : Exception($"{host} points at a loopback or link-local address, which this server's configuration does not allow");
