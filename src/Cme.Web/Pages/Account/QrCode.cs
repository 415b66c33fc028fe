using System.Globalization;
using System.Text;
using QRCoder;

namespace Cme.Web.Pages.Account;

/// <summary>A QR code as one path of an SVG: no script, no style and no request to anybody.</summary>
public sealed record QrCode(int Size, string Path)
{
    /// <summary>The code of a text, with the four modules of quiet around it that a reader needs.</summary>
    public static QrCode Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < data.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < data.ModuleMatrix[row].Count; column++)
            {
                if (data.ModuleMatrix[row][column]) { path.Append(CultureInfo.InvariantCulture, $"M{column} {row}h1v1h-1z"); }
            }
        }
        return new(data.ModuleMatrix.Count, path.ToString());
    }
}
