using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ImgApi.Api.Web.Images;

/// <summary>The description of a machine for <c>vmadm create</c>, as small as it can be.</summary>
internal static partial class MachineExample
{
    private const int DefaultRam = 1024;
    private const int DefaultQuota = 10;

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>JSON with one member per line; null for an image that <c>vmadm</c> cannot use.</summary>
    public static string? Of(Image image)
    {
        var (details, requirements) = (image.Details, image.Details.Requirements ?? default);
        if (!ImageType.IsForZfs(details.Type))
        {
            return null;
        }

        var brand = requirements.Member("brand").AsText() ?? DefaultBrand(details.Type);
        var machine = new JsonObject { ["brand"] = brand, ["alias"] = Unsafe.Replace(details.Name, "-") };
        var ram = Math.Max(requirements.Member("min_ram").AsWholeNumber() ?? 0, DefaultRam);
        if (details.Type == ImageType.Zvol)
        {
            DescribeVirtual(machine, image, ram, requirements.Member("bootrom").AsText());
        }
        else
        {
            DescribeZone(machine, image, ram, brand);
        }

        return machine.ToJsonString(Format);
    }

    private static string DefaultBrand(string? type) => type switch
    {
        ImageType.Zvol => "bhyve",
        ImageType.LxDataset => "lx",
        _ => "joyent",
    };

    private static void DescribeZone(JsonObject machine, Image image, long ram, string brand)
    {
        machine["image_uuid"] = image.Uuid.ToString();
        if (brand == "lx" && (image.Details.Tags ?? default).Member("kernel_version").AsText() is { } kernel)
        {
            machine["kernel_version"] = kernel;
        }

        machine["max_physical_memory"] = ram;
        machine["quota"] = DefaultQuota;
        machine["nics"] = new JsonArray(Nic());
    }

    private static void DescribeVirtual(JsonObject machine, Image image, long ram, string? bootrom)
    {
        machine["ram"] = ram;
        machine["vcpus"] = 2;
        if (bootrom is not null)
        {
            machine["bootrom"] = bootrom;
        }

        var disk = new JsonObject { ["image_uuid"] = image.Uuid.ToString(), ["boot"] = true, ["model"] = image.Details.DiskDriver ?? "virtio" };
        var nic = Nic();
        nic["model"] = image.Details.NicDriver ?? "virtio";
        machine["disks"] = new JsonArray(disk);
        machine["nics"] = new JsonArray(nic);
    }

    private static JsonObject Nic() => new() { ["nic_tag"] = "admin", ["ips"] = new JsonArray("dhcp"), ["primary"] = true };

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex Unsafe { get; }
}
