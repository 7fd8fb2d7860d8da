using System.Runtime.InteropServices;

namespace ImgApi.Infrastructure.Posix;

/// <summary>The used part of <c>struct statx</c>, which has the same layout on every architecture of Linux.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxResult
{
    [FieldOffset(0)]
    public uint Given;

    [FieldOffset(20)]
    public uint User;

    [FieldOffset(24)]
    public uint Group;

    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(40)]
    public long Size;

    [FieldOffset(96)]
    public Time Changed;

    [FieldOffset(112)]
    public Time Modified;

    [FieldOffset(136)]
    public ulong Device;

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    internal struct Time
    {
        public long Seconds;
        public uint Nanoseconds;
    }
}
