using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Rapida.CallControl.Migrations
{
    /// <inheritdoc />
    public partial class OpeningWebhook : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "opening_signature",
                table: "calls",
                type: "character varying(28)",
                maxLength: 28,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "opening_token",
                table: "calls",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "opening_signature",
                table: "calls");

            migrationBuilder.DropColumn(
                name: "opening_token",
                table: "calls");
        }
    }
}
