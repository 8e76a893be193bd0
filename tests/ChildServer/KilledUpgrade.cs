using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.ChildServer;

/// <summary>Opens a metadata database and ends the process (SIGKILL) when SQLite starts a statement with a given text.</summary>
internal static class KilledUpgrade
{
    private const uint TraceStatements = 1;

    // SQLite calls them until the process ends.
    private static readonly OpenedCallback Opened = Attach;
    private static readonly StatementCallback Starting = Trace;
    private static string _statement = string.Empty;

    private delegate int OpenedCallback(IntPtr database, IntPtr error, IntPtr routines);

    private delegate int StatementCallback(uint kind, IntPtr context, IntPtr statement, IntPtr text);

    /// <summary>Opens the database of a data folder.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="statement">Text of the statement; the process is not killed if no statement has it.</param>
    public static void Run(string folder, string statement)
    {
        _statement = statement;
        _ = AutoExtension(Marshal.GetFunctionPointerForDelegate(Opened));
        using DataFolder data = new(Options.Create(new StorageOptions { Directory = folder }), DiskStorage.Instance);
        using SqliteDatabase database = new(data);
    }

    private static int Attach(IntPtr database, IntPtr error, IntPtr routines) =>
        TraceV2(database, TraceStatements, Marshal.GetFunctionPointerForDelegate(Starting), IntPtr.Zero);

    private static int Trace(uint kind, IntPtr context, IntPtr statement, IntPtr text)
    {
        if (Marshal.PtrToStringUTF8(text)?.Contains(_statement, StringComparison.Ordinal) == true)
        {
            Process.GetCurrentProcess().Kill();
            Thread.CurrentThread.Join();
        }

        return 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_auto_extension")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int AutoExtension(IntPtr entry);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_trace_v2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TraceV2(IntPtr database, uint mask, IntPtr callback, IntPtr context);
}
