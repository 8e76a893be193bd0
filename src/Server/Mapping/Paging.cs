using System.Text;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Mapping;

/// <summary>Page sizes and page tokens. A token is the key of the last item in a form that invites no arithmetic.</summary>
internal static class Paging
{
    private const int Default = 50;
    private const int Largest = 1000;

    public static int Size(int requested, int whenZero = Default, int largest = Largest, string field = "page_size") => requested switch
    {
        < 0 => throw Fault.InvalidField(field, "must be 0 or more"),
        0 => whenZero,
        _ => Math.Min(requested, largest),
    };

    public static string Token(string key) => Convert.ToBase64String(Encoding.UTF8.GetBytes(key));

    /// <summary>Key of the last item of the page before; empty for the first page.</summary>
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

    public static ServiceException Malformed() => Fault.InvalidField("page_token", "must be the next_page_token of a page of this list");
}
