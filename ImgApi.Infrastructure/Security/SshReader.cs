using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Text;

namespace ImgApi.Infrastructure.Security;

/// <summary>Reads the binary format of SSH (RFC 4251, 5): numbers of 32 bits, and fields that begin with their length.</summary>
internal sealed class SshReader(byte[] content)
{
    private int _position;

    /// <exception cref="IOException">The content ends before.</exception>
    public uint Number()
    {
        var bytes = Take(sizeof(uint));
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <exception cref="IOException">The content ends before.</exception>
    public byte[] Bytes() => Take(Number()).ToArray();

    /// <exception cref="IOException">The content ends before.</exception>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    public static byte[] NumberBytes(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    public static byte[] Field(ReadOnlySpan<byte> content) => [.. NumberBytes((uint)content.Length), .. content];

    /// <summary>An ECDSA signature of SSH (RFC 5656, 3.1.2) as DER.</summary>
    public static byte[] EcdsaToDer(byte[] signature)
    {
        var numbers = new SshReader(signature);
        var der = new AsnWriter(AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteInteger(numbers.Bytes());
            der.WriteInteger(numbers.Bytes());
        }

        return der.Encode();
    }

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > content.Length - _position)
        {
            throw new IOException("the ssh-agent gave an invalid answer");
        }

        _position += (int)count;
        return content.AsSpan(_position - (int)count, (int)count);
    }
}
