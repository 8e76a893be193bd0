using System.Globalization;
using System.Text;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Contract;

/// <summary>Page sizes and page tokens. A token is the encoded key of the last item, opaque to clients.</summary>
internal static class Paging
{
    private const int Default = 50;
    private const int Largest = 1000;

    public static int Size(int requested, int whenZero = Default, int largest = Largest) => requested switch
    {
        0 => whenZero,
        _ => Math.Min(requested, largest),
    };

    public static string Token(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    public static string Token(long key) => Token(key.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads the key of the last item of the previous page.</summary>
    /// <returns>The key; empty for the first page.</returns>
    /// <exception cref="ServiceException">The token is malformed.</exception>
    public static string Key(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw Malformed();
        }
    }

    /// <summary>Reads the key of the last item of the previous page of a list that is ordered by a number.</summary>
    /// <returns>The key; null for the first page.</returns>
    /// <exception cref="ServiceException">The token is malformed.</exception>
    public static long? Number(string token)
    {
        string key = Key(token);
        if (key.Length == 0)
        {
            return null;
        }

        return long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Malformed();
    }

    public static ServiceException Malformed() => Fault.InvalidField("page_token", "must be the next_page_token of a page of this list");
}
