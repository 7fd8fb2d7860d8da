namespace ImgApi.Infrastructure.Remote;

/// <summary>A caller named a source at an address that <see cref="AddressGuard"/> forbids.</summary>
internal sealed class ForbiddenAddressException(string host)
    : Exception($"{host} points at an address of this machine or its link, or a reserved one, which this server's configuration does not allow");
